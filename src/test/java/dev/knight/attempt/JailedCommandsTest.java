package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.knight.agent.AgentSettings;
import dev.knight.agent.PiAgent;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.egress.Caps;
import dev.knight.egress.EgressProxy;
import dev.knight.egress.EgressWorld;
import dev.knight.egress.TestSite;
import dev.knight.egress.TestTls;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestMirror;
import dev.knight.git.BranchName;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RefusedHost;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.overlay.Keeper;
import dev.knight.overlay.Overlays;
import dev.knight.overlay.Sight;
import dev.knight.publish.CommitStyle;
import dev.knight.sandbox.Jails;
import dev.knight.sandbox.NoSandbox;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository's commands in the jail of this machine, with a network behind its door. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JailedCommandsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");

  private static final JobId JOB = new JobId(7);
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(5), BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);

  @TempDir Path directory;
  private KnightHome home;
  private Mirrors mirrors;
  private EgressWorld world;
  private TestSite site;

  @BeforeEach
  void start() throws Exception {
    home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON);
    Path files = Files.createDirectory(directory.resolve("files"));
    Files.writeString(files.resolve("hello.txt"), "hello");
    site = new TestSite(files, TestTls.context(directory, EgressWorld.FILES));
    world = new EgressWorld(Caps.standard(), EgressWorld.FILES);
    site.join(world);
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
    site.close();
    mirrors.close();
  }

  @Test
  void a_command_reaches_what_its_job_may_and_is_told_what_it_may_not() throws Exception {
    CommandRun run =
        jailed(
            """
            curl -sSkf https://files.example/hello.txt; echo " $?"
            curl -sSkf https://evil.example/; echo "$?"
            curl -sk http://evil.example/
            """);

    assertThat(run.output())
        .startsWith("hello 0\n")
        .contains("403")
        .endsWith(
            "knight: evil.example:80 refused: not allowed. What a job may reach is chosen by network"
                + " in .knight.yml.\n");
    assertThat(world.refused)
        .containsExactly(
            new RefusedHost("evil.example:443", "not allowed"),
            new RefusedHost("evil.example:80", "not allowed"));
  }

  @Test
  void without_the_proxy_there_is_no_way_out_of_the_jail() throws Exception {
    String command =
        "curl -skf --noproxy '*' --max-time 60 https://127.0.0.1:%d/hello.txt"
            .formatted(site.tlsPort());

    assertThat(run(new NoSandbox(), command).output()).as("the control").isEqualTo("hello");
    assertThat(jailed(command).exitCode()).isEqualTo(7);
  }

  @Test
  void in_the_second_worktree_of_a_job_git_works_as_in_its_own() throws Exception {
    String command =
        "git log --format=%s; git status --short; echo more > README.md; git diff --stat";
    Sandbox jail = Jails.find(System.getenv("PATH"), List.of(), home);
    Workplace own = place();
    Mirror mirror = own.mirror();

    CommandRun there = run(jail, command, own.in(mirror.scratch(JOB, own.worktree().base())));
    CommandRun here = run(jail, command, own);

    assertThat(here.output()).startsWith("Engine\n").contains("1 file changed");
    assertThat(there.output()).isEqualTo(here.output());
  }

  @Test
  void over_a_template_commands_see_what_others_of_the_job_did_and_git_is_content()
      throws Exception {
    Overlays overlays = new Overlays(home, true);
    mirrors.close();
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON, overlays);
    Workplace place = place();
    assumeThat(overlays.isWanted()).as("this kernel lets a user mount an overlay").isTrue();
    Sandbox jail = Jails.find(System.getenv("PATH"), List.of(), home);
    Worktree worktree = place.worktree();

    try (Sight sight = worktree.sight()) {
      CommandRun first =
          run(jail, "git status --short; git log --format=%s; echo two > more", place);
      Files.writeString(sight.path().resolve("README.md"), "# From outside\n");
      CommandRun second = run(jail, "cat README.md more; git status --short; rm more", place);

      assertThat(first.output()).isEqualTo("Engine\n");
      assertThat(second.output()).isEqualTo("# From outside\ntwo\n M README.md\n?? more\n");
      assertThat(sight.path().resolve("more")).doesNotExist();
    }
    assertThat(worktree.path().resolve("README.md")).hasContent("# From outside");
    place.mirror().remove(JOB);
  }

  @Test
  void over_a_template_that_nobody_shows_any_more_no_command_runs() throws Exception {
    Overlays overlays = new Overlays(home, true);
    mirrors.close();
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON, overlays);
    Workplace place = place();
    assumeThat(overlays.isWanted()).as("this kernel lets a user mount an overlay").isTrue();
    Sandbox jail = Jails.find(System.getenv("PATH"), List.of(), home);

    try (Sight _ = place.worktree().sight()) {
      Path worktree = place.worktree().path();
      ProcessHandle keeper =
          ProcessHandle.of(Keeper.find(home, worktree).orElseThrow().pid()).orElseThrow();
      keeper.destroyForcibly();
      keeper.onExit().get();

      assertThatIOException()
          .isThrownBy(() -> run(jail, "true", place))
          .withMessageContaining("has ended");
    }
    place.mirror().remove(JOB);
  }

  @Test
  void over_a_template_no_command_has_more_rights_than_elsewhere() throws Exception {
    Overlays overlays = new Overlays(home, true);
    String command =
        """
        id -u; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status
        unshare -Ur true 2>/dev/null || echo none
        """;
    CommandRun plain = jailed(command);
    mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git")).remove(JOB);
    mirrors.close();
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON, overlays);
    Workplace place = place();
    assumeThat(overlays.isWanted()).as("this kernel lets a user mount an overlay").isTrue();

    try (Sight _ = place.worktree().sight()) {
      Sandbox jail = Jails.find(System.getenv("PATH"), List.of(), home);
      assertThat(run(jail, command, place).output()).isEqualTo(plain.output());
      assertThat(run(jail, "mknod hole c 0 0", place).exitCode())
          .as("the kernel's mark")
          .isEqualTo(1);
    }
    place.mirror().remove(JOB);
  }

  private CommandRun jailed(String command) throws Exception {
    return run(Jails.find(System.getenv("PATH"), List.of(), home), command);
  }

  private CommandRun run(Sandbox sandbox, String command) throws Exception {
    return run(sandbox, command, place());
  }

  private CommandRun run(Sandbox sandbox, String command, Workplace place) throws Exception {
    Model model = new Model("openai", "some");
    AgentSettings agent = AgentSettings.of(System.getProperty("test.pi", "pi"), System.getenv());
    Jail jail = new Jail(sandbox, home, new EgressProxy(world), () -> PiAgent.node(agent));
    Commands commands =
        new Commands(
            new AttemptSettings(model, model, LIMITS, Questions.GO_ON, "/usr/bin:/bin"), jail);
    return commands.run(command, place, Duration.ofMinutes(5), new Undisturbed());
  }

  private Workplace place() throws IOException {
    Mirror mirror = mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
    return new Workplace(
        mirror,
        mirror.worktree(JOB, TestMirror.commit(mirror.path(), "README.md", "Engine")),
        new BranchName("main"),
        new BranchName("knight/7"),
        Brief.of(ENGINE, mention(), List.of(), List.of()),
        RepositoryConfig.NONE,
        "",
        LIMITS,
        home.make(home.caches(ENGINE)),
        world.network(),
        CommitStyle.NONE);
  }

  private static Mention mention() {
    return new Mention(
        "node",
        new Subject(ENGINE, 7),
        Mention.Source.ISSUE,
        7,
        new Person(1, "ada"),
        "Mend the pump",
        "@knight mend it",
        URI.create("https://github.com/ada/engine/issues/7"),
        NOON);
  }

  /** Nothing happens to the job meanwhile. */
  private static final class Undisturbed extends QuietProgress {
    @Override
    public Job job() {
      return new MemoryJobStore().accept(mention(), NOON);
    }
  }
}

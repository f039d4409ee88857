package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.AgentSettings;
import dev.knight.agent.PiAgent;
import dev.knight.egress.DirectInternet;
import dev.knight.egress.EgressProxy;
import dev.knight.egress.JobNetwork;
import dev.knight.fake.TestMirror;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.sandbox.Doors;
import dev.knight.sandbox.Jails;
import dev.knight.sandbox.Warden;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real git and a real shell in a real jail, furnished as a job's. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobJailTest {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final JobId JOB = new JobId(7);

  @TempDir Path directory;

  private KnightHome home = new KnightHome(Path.of("/nowhere"));
  private Mirrors mirrors =
      new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), Instant::now);

  @BeforeEach
  void start() {
    home = new KnightHome(directory.resolve("h"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), Instant::now);
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void git_works_in_the_jail_and_leaves_the_mirror_as_it_was() throws Exception {
    Mirror mirror = mirror();
    Worktree worktree =
        mirror.worktree(JOB, TestMirror.commit(mirror.path(), "README.md", "Engine"));
    List<String> before = files(mirror.path());

    String said =
        run(
            worktree,
            """
            set -e
            git status --porcelain
            echo more >> README.md
            git diff --stat
            git stash -q
            git stash pop -q
            git commit -qam 'More of it'
            git branch mine
            git log --format=%s
            """);

    assertThat(said).contains("README.md | ").contains("More of it\n").doesNotContain("fatal");
    assertThat(files(mirror.path())).isEqualTo(before);
    assertThat(run(worktree, "git log --format=%s mine")).startsWith("More of it\n");
    mirror.remove(JOB);
    assertThat(home.worktrees()).isEmptyDirectory();
  }

  @Test
  void a_command_ends_with_its_own_code_and_sees_nothing_of_knights() throws Exception {
    Mirror mirror = mirror();
    Worktree worktree =
        mirror.worktree(JOB, TestMirror.commit(mirror.path(), "README.md", "Engine"));

    assertThat(run(worktree, "ls " + home.root() + "; exit 3")).isEqualTo("mirrors\nworktrees\n3");
    assertThat(run(worktree, "kill -9 $$")).isEqualTo("137");
  }

  /** What it prints, and its exit code if that is not 0. */
  private String run(Worktree worktree, String command) throws Exception {
    String pi = System.getProperty("test.pi", "pi");
    AgentSettings settings = AgentSettings.of(pi, Map.of("PATH", PATH));
    Jail jail =
        new Jail(
            Jails.find(System.getenv("PATH"), List.of(), home),
            home,
            new EgressProxy(new DirectInternet()),
            () -> PiAgent.node(settings));
    Path commandHome = home.make(home.caches(ENGINE));
    try (Doors _ = jail.open("7-commands", Optional.empty(), JobNetwork.none())) {
      Process process =
          Warden.start(
              jail.shell("7-commands", command, worktree, commandHome, Map.of("PATH", PATH))
                  .redirectErrorStream(true));
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? said : said + code;
    }
  }

  private static List<String> files(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(path -> top.relativize(path).toString()).sorted().toList();
    }
  }

  private Mirror mirror() {
    return mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
  }
}

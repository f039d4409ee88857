package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.CheckView;
import dev.knight.api.Diff;
import dev.knight.api.DiffView.FileChange;
import dev.knight.attempt.CheckRecord;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestMirror;
import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Draft;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MadeWorkTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final String SECRET = "the-secret-of-the-test";

  @TempDir private Path directory;

  private final MemoryJobStore store = new MemoryJobStore();
  private Instant now = NOON;
  private KnightHome home = new KnightHome(Path.of("/nowhere"));
  private Mirrors mirrors;
  private MadeWork work;
  private Job job;

  @BeforeEach
  void start() {
    home = new KnightHome(directory);
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON);
    Redactor redactor = new Redactor(new KnownSecrets(new Secret(SECRET)));
    work = new MadeWork(store, mirrors, new CheckRecord(home), redactor, () -> now);
    Mention mention =
        new Mention(
            "n1",
            new Subject(ENGINE, 7),
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "fix it",
            URI.create("https://github.com/ada/engine/issues/7"),
            NOON);
    Job made = store.accept(mention, NOON);
    job = store.claim(made.id(), "w", NOON.plusSeconds(60), NOON).orElseThrow();
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void there_is_nothing_before_there_is_a_worktree() {
    assertThat(work.diff(job)).isEmpty();
    assertThat(work.checks(job.id())).isEmpty();
  }

  @Test
  void what_an_agent_has_now_is_read_anew_after_a_while_and_has_no_secret() throws Exception {
    Worktree worktree = worktree();
    Files.writeString(worktree.path().resolve("new.txt"), "a\n" + SECRET + "\n");
    Diff first = work.diff(job).orElseThrow();
    Files.writeString(worktree.path().resolve("README.md"), "changed\n");

    assertThat(first.view().of()).isEqualTo("worktree");
    assertThat(first.view().files())
        .containsExactly(new FileChange("new.txt", "added", 2, 0, false));
    assertThat(first.text()).contains("+a\n+***\n").doesNotContain(SECRET);
    assertThat(work.diff(job).orElseThrow()).isSameAs(first);
    now = now.plusSeconds(5);
    assertThat(work.diff(job).orElseThrow().view().files()).hasSize(2);
  }

  @Test
  void what_is_held_is_shown_whatever_has_been_left_there_since() throws Exception {
    Worktree worktree = worktree();
    Files.writeString(worktree.path().resolve("held"), "held\n");
    Hold hold = new Hold(worktree.snapshot().tree(), "");
    Files.writeString(worktree.path().resolve("later"), "later\n");
    Job held = replaced(job.hold(hold, "May I?", NOON));

    Diff diff = work.diff(held).orElseThrow();

    assertThat(diff.view().of()).isEqualTo("held");
    assertThat(diff.view().files()).extracting(FileChange::path).containsExactly("held");
  }

  @Test
  void what_was_pushed_is_shown_once_it_is_done() throws Exception {
    Worktree worktree = worktree();
    Files.writeString(worktree.path().resolve("pushed"), "pushed\n");
    Commit commit =
        mirror()
            .commit(
                worktree.snapshot(),
                new Draft(
                    worktree.base(),
                    new BranchName("knight/7"),
                    new Author("knight", "knight@example.org"),
                    NOON,
                    "Push\n"));
    Effect push = store.plan(job.id(), Effect.Kind.PUSH, "knight/7", NOON);
    store.settle(push.as(Effect.State.DONE, Optional.of(commit.id()), Optional.empty()));
    URI page = URI.create("https://github.com/ada/engine/pull/8");
    Job done = replaced(job.finish(new JobState.Done(page, false, "Done."), NOON));
    mirror().remove(job.id());

    Diff diff = work.diff(done).orElseThrow();

    assertThat(diff.view().of()).isEqualTo("published");
    assertThat(diff.view().base()).isEqualTo(worktree.base().id());
    assertThat(diff.text()).contains("+pushed");
  }

  @Test
  void what_is_too_much_says_so() throws Exception {
    Worktree worktree = worktree();
    for (int i = 0; i <= 2_000; i++) {
      Files.createFile(worktree.path().resolve("f" + i));
    }

    Diff diff = work.diff(job).orElseThrow();

    assertThat(diff.view().files()).isEmpty();
    assertThat(diff.view().note()).contains("more than 2000 files");
  }

  @Test
  void an_answer_changes_nothing() throws Exception {
    worktree();

    assertThat(work.diff(replaced(job.finish(new JobState.Answered("42"), NOON)))).isEmpty();
  }

  @Test
  void checks_have_the_end_of_their_output_without_secrets() throws Exception {
    home.make(home.checks());
    Files.writeString(
        home.checks(job.id()),
        """
        {"tree": "1", "checks": [{"command": "make", "passed": false, "result": "exit code 2",
         "nanos": 1500000000, "output": "%s%s\\n"}]}
        """
            .formatted("x".repeat(5_000), SECRET));

    List<CheckView> checks = work.checks(job.id());

    assertThat(checks).hasSize(1);
    assertThat(checks.getFirst())
        .extracting(CheckView::command, CheckView::passed, CheckView::result, CheckView::seconds)
        .containsExactly("make", false, "exit code 2", 1.5);
    assertThat(checks.getFirst().output()).startsWith("…x").endsWith("x***").hasSize(4_001);
  }

  private Job replaced(Job after) {
    return store.replace(job, after, List.of()).orElseThrow();
  }

  private Worktree worktree() throws IOException {
    Commit base = TestMirror.commit(mirror().path(), "README.md", "Engine\n");
    return mirror().worktree(job.id(), base);
  }

  private Mirror mirror() {
    return mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
  }
}

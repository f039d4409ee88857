package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PushTest {
  private static final BranchName BRANCH = new BranchName("knight/1-mend");

  @TempDir Path root;
  private GitFixture world;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_new_branch_is_pushed_and_nothing_else() throws Exception {
    Commit commit = committed(1, "one\n");

    Push push = world.mirror().push(commit, BRANCH);

    assertThat(push).isEqualTo(new Push.Pushed(commit));
    assertThat(RealGit.run(world.origin, "for-each-ref", "--format=%(refname) %(objectname)"))
        .isEqualTo(
            "refs/heads/%s %s\nrefs/heads/main %s\n"
                .formatted(BRANCH, commit, world.onServer("main")));
    assertThat(RealGit.fsck(world.origin)).isEmpty();
  }

  @Test
  void a_push_that_got_through_before_is_found() {
    Commit commit = committed(1, "one\n");
    world.mirror().push(commit, BRANCH);

    assertThat(world.mirror().push(commit, BRANCH)).isEqualTo(new Push.AlreadyThere(commit));
  }

  @Test
  void a_branch_moves_forwards() throws Exception {
    Mirror mirror = world.mirror();
    Commit first = committed(1, "one\n");
    mirror.push(first, BRANCH);
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("new.txt"), "two\n");

    Commit second = mirror.commit(worktree.snapshot(), GitFixture.draft(first, BRANCH.value()));

    assertThat(mirror.push(second, BRANCH)).isEqualTo(new Push.Pushed(second));
    assertThat(world.onServer(BRANCH.value())).isEqualTo(second.id());
  }

  @Test
  void what_somebody_else_pushed_is_not_overwritten() throws Exception {
    Commit commit = committed(1, "one\n");
    Commit theirs = world.pushed(BRANCH.value(), "README.md", "# Theirs\n");

    assertThat(world.mirror().push(commit, BRANCH)).isEqualTo(new Push.Moved(theirs));

    world.mirror().fetch();
    assertThat(world.mirror().push(commit, BRANCH)).isEqualTo(new Push.Moved(theirs));
    assertThat(world.onServer(BRANCH.value())).isEqualTo(theirs.id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope | touches a workflow file
          refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission | touches a workflow file
          GH001: Large files detected. You may want to try Git Large File Storage | too large for GitHub
          GH006: Protected branch update failed for refs/heads/main. | the branch is protected
          protected branch hook declined | the branch is protected
          GH013: Repository rule violations found for refs/heads/knight/1-mend. | a rule of the repository
          no, thank you | The server said: no, thank you
          """)
  void a_push_that_is_refused_says_why(String words, String told) throws Exception {
    Commit commit = committed(1, "one\n");
    world.server.refusePushes(words);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> world.mirror().push(commit, BRANCH))
        .withMessageStartingWith("Cannot push knight/1-mend to ada/engine: ")
        .withMessageContaining(told);
    assertThat(RealGit.run(world.mirror().path(), "rev-parse", "refs/heads/" + BRANCH).strip())
        .isEqualTo(commit.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Internal Server Error", "unpacker error", "cannot lock ref 'refs/x'"})
  void a_server_that_stumbles_is_tried_again(String words) {
    Commit commit = committed(1, "one\n");
    world.server.refusePushes(words);

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> world.mirror().push(commit, BRANCH));

    world.server.calm();
    assertThat(world.mirror().push(commit, BRANCH)).isEqualTo(new Push.Pushed(commit));
  }

  @Test
  void an_answer_that_is_lost_is_found_by_the_next_try() throws Exception {
    Commit commit = committed(1, "one\n");
    world.server.loseAnswersToPushes();

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> world.mirror().push(commit, BRANCH));

    world.server.calm();
    assertThat(world.onServer(BRANCH.value())).isEqualTo(commit.id());
    assertThat(world.mirror().push(commit, BRANCH)).isEqualTo(new Push.AlreadyThere(commit));
  }

  @Test
  void a_token_that_may_only_read_is_the_operators_to_mend() {
    Commit commit = committed(1, "one\n");
    world.server.answer(path -> path.contains("receive-pack"), 403, "X-Test", "1");

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> world.mirror().push(commit, BRANCH))
        .withMessageContaining("contents: write");
  }

  @Test
  void a_wrong_token_is_the_operators_to_mend() {
    Commit commit = committed(1, "one\n");
    Mirrors others = world.mirrors(Optional.of(new Secret("wrong")), GitFixture.LIMITS);

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> others.mirror(GitFixture.ENGINE, world.server.url()).push(commit, BRANCH))
        .withMessageContaining("token was not accepted");
    others.close();
  }

  @Test
  void the_words_of_the_server_cannot_steer_a_terminal() {
    Commit commit = committed(1, "one\n");
    world.server.refusePushes("no\u001b[2J\u202e!" + "x".repeat(2_000));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> world.mirror().push(commit, BRANCH))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(700).matches("\\P{Cc}*"));
  }

  @Test
  void six_jobs_work_on_one_mirror_at_once() throws Exception {
    List<Callable<Push>> jobs = new ArrayList<>();
    IntStream.rangeClosed(1, 6).forEach(job -> jobs.add(() -> fiveCommits(job)));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Push> push : threads.invokeAll(jobs)) {
        assertThat(push.get()).isInstanceOf(Push.Pushed.class);
      }
    }

    Path mirror = world.mirror().path();
    assertThat(RealGit.fsck(mirror)).isEmpty();
    assertThat(RealGit.fsck(world.origin)).isEmpty();
    assertThat(RealGit.run(mirror, "worktree", "list").lines()).hasSize(7);
    for (int job = 1; job <= 6; job++) {
      assertThat(RealGit.run(world.origin, "rev-list", "--count", "main..knight/" + job).strip())
          .isEqualTo("5");
    }
  }

  private Push fiveCommits(long job) throws Exception {
    Mirror mirror = world.fetched();
    Commit head = mirror.branchHead(new BranchName("main")).orElseThrow();
    Worktree worktree = mirror.worktree(new JobId(job), head);
    Push last = new Push.Moved(head);
    for (int round = 1; round <= 5; round++) {
      Files.writeString(worktree.path().resolve("job%d.txt".formatted(job)), "round " + round);
      head = mirror.commit(worktree.snapshot(), GitFixture.draft(head, "knight/" + job));
      mirror.fetch();
      last = mirror.push(head, new BranchName("knight/" + job));
    }
    return last;
  }

  private Commit committed(long job, String content) {
    Worktree worktree = world.worktree(job);
    return DiskWork.run(
        "work as the agent",
        () -> {
          Files.writeString(worktree.path().resolve("new.txt"), content);
          return world
              .mirror()
              .commit(worktree.snapshot(), GitFixture.draft(worktree.base(), BRANCH.value()));
        });
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People push to a branch on which an agent works. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MoveTest {
  private static final String BRANCH = "knight/1";

  @TempDir Path root;
  private GitFixture world;
  private Mirror mirror;
  private Worktree worktree;
  private Commit pushed;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    worktree = world.worktree(1);
    write("README.md", "# Engine\n\nIt computes well.\n");
    write("new.txt", "one\ntwo\nthree\n");
    mirror = world.mirror();
    pushed = mirror.commit(worktree.snapshot(), GitFixture.draft(worktree.base(), BRANCH));
    mirror.push(pushed, new BranchName(BRANCH));
    RealGit.run(world.clone, "fetch", "-q", "origin");
    RealGit.run(world.clone, "checkout", "-q", BRANCH);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void what_people_pushed_and_what_the_agent_made_since_go_together() throws Exception {
    Commit head = people("new.txt", "one\ntwo\nTHREE\n");
    write("new.txt", "ONE\ntwo\nthree\n");
    write("target/built", "ignored\n");

    Merge merge = worktree.onto(pushed, head);

    assertThat(merge.isClean()).isTrue();
    assertThat(read("new.txt")).isEqualTo("ONE\ntwo\nTHREE\n");
    assertThat(read("README.md")).contains("well");
    assertThat(read("target/built")).isEqualTo("ignored\n");
    assertThat(worktree.snapshot().tree()).isEqualTo(merge.tree());
    assertThat(worktree.unsettled(head)).isEmpty();
  }

  @Test
  void who_was_interrupted_comes_to_the_same() throws Exception {
    Commit head = people("new.txt", "one\nTWO and a half\nthree\n");
    write("new.txt", "one\ntwo\nthree!\n");
    Merge first = worktree.onto(pushed, head);
    write("new.txt", "half written");
    Files.delete(worktree.path().resolve("README.md"));

    Merge again = world.mirror().worktree(new JobId(1)).orElseThrow().onto(pushed, head);

    assertThat(again).isEqualTo(first);
    assertThat(worktree.snapshot().tree()).isEqualTo(first.tree());
  }

  @Test
  void what_does_not_go_together_is_named_until_the_next_move() throws Exception {
    Commit head = people("new.txt", "one\nhers\nthree\n");
    write("new.txt", "one\nmine\nthree\n");

    worktree.onto(pushed, head);

    assertThat(worktree.unsettled(head)).containsExactly("new.txt");
    assertThat(read("new.txt")).contains("<<<<<<< yours").contains("hers");
    write("new.txt", "one\nboth\nthree\n");
    Commit later = people("also.txt", "more\n");
    worktree.onto(head, later);
    assertThat(worktree.unsettled(head)).isEmpty();
    assertThat(read("new.txt")).isEqualTo("one\nboth\nthree\n");
  }

  @Test
  void what_people_took_back_stays_away() throws Exception {
    RealGit.run(world.clone, "reset", "-q", "--hard", "origin/main");
    Commit head = people("other.txt", "instead\n");

    worktree.onto(pushed, head);

    assertThat(worktree.path().resolve("new.txt")).doesNotExist();
    assertThat(read("other.txt")).isEqualTo("instead\n");
  }

  @Test
  void what_people_added_against_the_rules_and_their_submodules_are_not_taken_away()
      throws Exception {
    Files.createDirectories(world.clone.resolve("target"));
    Files.writeString(world.clone.resolve("target").resolve("kept.txt"), "kept\n");
    RealGit.run(world.clone, "add", "-f", "target/kept.txt");
    RealGit.run(
        world.clone, "update-index", "--add", "--cacheinfo", "160000," + pushed + ",vendor/lib");
    Commit head = people("other.txt", "more\n");

    Merge merge = worktree.onto(pushed, head);

    assertThat(merge.tree()).isEqualTo(mirror.tree(head));
    assertThat(read("target/kept.txt")).isEqualTo("kept\n");
    assertThat(worktree.path().resolve("vendor/lib")).isEmptyDirectory();
    assertThat(worktree.snapshot().tree()).isEqualTo(merge.tree());
  }

  @Test
  void a_base_that_moved_is_what_the_files_were_made_from() throws Exception {
    write("new.txt", "one\ntwo\nTHREE\n");
    RealGit.run(world.clone, "checkout", "-q", "main");
    Files.writeString(world.clone.resolve("base.txt"), "moved\n");
    RealGit.run(world.clone, "add", "base.txt");
    RealGit.run(world.clone, "commit", "-q", "-m", "On the base");
    RealGit.run(world.clone, "push", "-q", "origin", "HEAD:refs/heads/main");
    mirror.fetch();
    Commit head = mirror.branchHead(new BranchName("main")).orElseThrow();

    worktree.onto(worktree.base(), head);
    assertThat(worktree.begun()).as("after a crash in the middle").contains(head);
    Worktree moved = worktree.rebase(head);

    assertThat(moved.begun()).isEmpty();
    assertThat(read("base.txt")).isEqualTo("moved\n");
    assertThat(moved.base()).isEqualTo(head);
    assertThat(mirror.worktree(new JobId(1)).orElseThrow().base()).isEqualTo(head);
    assertThat(moved.snapshot().changes())
        .extracting(change -> change.path())
        .containsExactlyInAnyOrder("README.md", "new.txt");
    Draft both =
        new Draft(
            pushed,
            Optional.of(head),
            new BranchName(BRANCH),
            new Author("knight", "knight@localhost"),
            Instant.EPOCH,
            "Both\n");
    Commit merge = mirror.commit(moved.snapshot(), both);
    assertThat(mirror.isIn(head, merge)).isTrue();
    assertThat(mirror.isIn(pushed, merge)).isTrue();
    assertThat(mirror.push(merge, new BranchName(BRANCH))).isInstanceOf(Push.Pushed.class);
  }

  @Test
  void a_commit_is_in_what_stands_on_it() throws Exception {
    Commit head = people("other.txt", "more\n");

    assertThat(mirror.isIn(pushed, head)).isTrue();
    assertThat(mirror.isIn(head, head)).isTrue();
    assertThat(mirror.isIn(head, pushed)).isFalse();
    assertThat(mirror.isIn(new Commit("a".repeat(40)), head)).isFalse();
  }

  private Commit people(String file, String text) throws Exception {
    Files.writeString(world.clone.resolve(file), text);
    RealGit.run(world.clone, "add", file);
    RealGit.run(world.clone, "commit", "-q", "-m", "By hand");
    RealGit.run(world.clone, "push", "-q", "-f", "origin", "HEAD:refs/heads/" + BRANCH);
    mirror.fetch();
    return mirror.branchHead(new BranchName(BRANCH)).orElseThrow();
  }

  private void write(String file, String text) throws Exception {
    Path path = worktree.path().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read(String file) throws Exception {
    return Files.readString(worktree.path().resolve(file));
  }
}

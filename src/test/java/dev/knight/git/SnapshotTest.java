package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.git.Change.Kind;
import dev.knight.git.Change.Mode;
import dev.knight.job.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SnapshotTest {
  @TempDir Path root;
  private GitFixture world;
  private Worktree worktree;
  private Path files;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    worktree = world.worktree(1);
    files = worktree.path();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void an_untouched_worktree_is_its_base() throws Exception {
    Snapshot snapshot = worktree.snapshot();

    assertThat(snapshot.isChanged()).isFalse();
    assertThat(snapshot.tree()).isEqualTo(world.mirror().tree(worktree.base()));
    assertThat(snapshot.diff(1000)).isEmpty();
    assertThat(snapshot.added() + snapshot.deleted()).isZero();
  }

  @Test
  void every_kind_of_change_is_seen() throws Exception {
    Files.writeString(files.resolve("README.md"), "# Engine\n\nIt computes well.\n");
    Files.writeString(files.resolve("größe – λ.txt"), "wider\n");
    Files.writeString(files.resolve("naïve.txt"), "new\n");
    Files.createDirectories(files.resolve("a/b"));
    Files.writeString(files.resolve("a/b/c"), "c\n");
    Files.delete(files.resolve("src/deep/Pump.java"));
    Files.delete(files.resolve("dangling"));
    Files.createSymbolicLink(files.resolve("dangling"), Path.of("ünder/../x"));
    Files.delete(files.resolve("link"));
    Files.writeString(files.resolve("link"), "a file now\n");
    assertThat(files.resolve("run.sh").toFile().setExecutable(false)).isTrue();

    Snapshot snapshot = worktree.snapshot();

    assertThat(snapshot.changes())
        .extracting(Change::kind, Change::path, Change::before, Change::after)
        .containsExactlyInAnyOrder(
            tuple(Kind.MODIFIED, "README.md", Mode.FILE, Mode.FILE),
            tuple(Kind.MODIFIED, "größe – λ.txt", Mode.FILE, Mode.FILE),
            tuple(Kind.ADDED, "naïve.txt", Mode.ABSENT, Mode.FILE),
            tuple(Kind.ADDED, "a/b/c", Mode.ABSENT, Mode.FILE),
            tuple(Kind.DELETED, "src/deep/Pump.java", Mode.FILE, Mode.ABSENT),
            tuple(Kind.MODIFIED, "dangling", Mode.LINK, Mode.LINK),
            tuple(Kind.MODIFIED, "link", Mode.LINK, Mode.FILE),
            tuple(Kind.MODIFIED, "run.sh", Mode.EXECUTABLE, Mode.FILE));
  }

  @Test
  void git_would_have_made_the_same_tree() throws Exception {
    Files.writeString(files.resolve("README.md"), "# Mended\n");
    Files.writeString(files.resolve("új fájl.txt"), "new\n");
    Files.createSymbolicLink(files.resolve("way"), Path.of("../../größe"));
    Files.createDirectories(files.resolve("target/classes"));
    Files.writeString(files.resolve("target/classes/A"), "built\n");
    Files.writeString(files.resolve("src/run.log"), "noise\n");
    Files.writeString(files.resolve("src/keep.log"), "wanted\n");
    Files.writeString(files.resolve("src/.gitignore"), "/deep/*.tmp\n!run.log\n");
    Files.writeString(files.resolve("src/deep/x.tmp"), "noise\n");
    Files.writeString(files.resolve("x.tmp"), "wanted\n");
    Files.delete(files.resolve("kept.log"));
    Files.writeString(files.resolve("kept.log"), "changed though ignored\n");

    String tree = worktree.snapshot().tree();

    RealGit.run(files, "add", "--all");
    assertThat(tree).isEqualTo(RealGit.run(files, "write-tree").strip());
  }

  @Test
  void what_was_built_stays_out_unless_the_base_has_it() throws Exception {
    Files.createDirectories(files.resolve("target/in/.git"));
    Files.writeString(files.resolve("target/A.class"), "built\n");
    Files.writeString(files.resolve("noise.log"), "noise\n");
    Files.writeString(files.resolve("kept.log"), "changed\n");

    assertThat(worktree.snapshot().changes()).extracting(Change::path).containsExactly("kept.log");
  }

  @Test
  void lines_are_counted_and_shown() throws Exception {
    Files.writeString(files.resolve("README.md"), "# Engine\n\nIt computes well.\nAnd fast.\n");
    Files.write(files.resolve("image.png"), new byte[] {0, 1, 2, 0, 3});

    Snapshot snapshot = worktree.snapshot();

    assertThat(snapshot.added()).isEqualTo(2);
    assertThat(snapshot.deleted()).isEqualTo(1);
    assertThat(snapshot.diff(10_000))
        .contains("--- a/README.md\n+++ b/README.md\n")
        .contains("-It computes.\n+It computes well.\n+And fast.\n")
        .contains("Binary files");
  }

  @Test
  void a_long_diff_is_cut_at_a_line_and_says_so() throws Exception {
    String text = "größer\n".repeat(5_000);
    Files.writeString(files.resolve("long.txt"), text);

    String diff = worktree.snapshot().diff(1_000);

    assertThat(diff.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_100);
    assertThat(diff).endsWith("+größer\n… cut after 1000 bytes\n").doesNotContain("\uFFFD");
  }

  @Test
  void two_files_made_to_be_hard_to_compare_are_compared() throws Exception {
    String one = IntStream.range(0, 60_000).mapToObj(i -> i % 7 + "\n").reduce("", String::concat);
    Files.writeString(files.resolve("hard.txt"), one.substring(0, 100_000));
    Files.writeString(files.resolve("README.md"), one.substring(1, 99_999));

    assertThat(worktree.snapshot().added()).isPositive();
  }

  @Test
  void an_edit_that_hides_behind_size_and_time_is_seen() throws Exception {
    Path file = files.resolve("src/deep/Pump.java");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "class Pump {\n  int rate = 2;\n}\n");
    Files.setLastModifiedTime(file, time);
    RealGit.run(files, "update-index", "--assume-unchanged", "README.md");
    Files.writeString(files.resolve("README.md"), "# Evil\n");

    assertThat(worktree.snapshot().changes()).hasSize(2);
  }

  @Test
  void a_submodule_stays_what_it_was_until_it_is_deleted() throws Exception {
    Files.writeString(files.resolve("module/inside"), "not looked at\n");

    assertThat(worktree.snapshot().isChanged()).isFalse();

    Files.delete(files.resolve("module/inside"));
    Files.delete(files.resolve("module"));
    assertThat(worktree.snapshot().changes())
        .extracting(Change::kind, Change::path, Change::before, Change::after)
        .containsExactly(tuple(Kind.DELETED, "module", Mode.SUBMODULE, Mode.ABSENT));
  }

  @Test
  void one_file_of_a_change_can_be_read() throws Exception {
    Files.writeString(files.resolve("new.txt"), "new\n");

    Snapshot snapshot = worktree.snapshot();
    Files.delete(files.resolve("new.txt"));

    assertThat(snapshot.file("new.txt", 10)).hasValue("new\n".getBytes(StandardCharsets.UTF_8));
    assertThat(snapshot.file("link", 10)).isEmpty();
  }

  @Test
  void a_file_too_large_for_github_is_refused_by_name() throws Exception {
    try (var file = new java.io.RandomAccessFile(files.resolve("huge.iso").toFile(), "rw")) {
      file.setLength(6L << 30);
    }

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(worktree::snapshot)
        .withMessage("'huge.iso' has 6144 MB; GitHub takes no file over 1 MB");
  }

  @Test
  void too_much_new_content_is_refused() throws Exception {
    for (int i = 0; i < 5; i++) {
      Files.write(files.resolve("part" + i), new byte[1 << 20]);
    }

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(worktree::snapshot)
        .withMessageContaining("4 MB of new content");
  }

  @Test
  void too_many_changed_files_are_refused() throws Exception {
    for (int i = 0; i < 101; i++) {
      Files.writeString(files.resolve("part" + i), "x");
    }

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(worktree::snapshot)
        .withMessageContaining("more than 100 files");
  }

  @Test
  void the_same_snapshot_makes_the_same_commit() throws Exception {
    Files.writeString(files.resolve("new.txt"), "new\n");
    Mirror mirror = world.mirror();
    Draft draft = GitFixture.draft(worktree.base(), "knight/1-new");

    Commit first = mirror.commit(worktree.snapshot(), draft);
    Commit second = mirror.commit(worktree.snapshot(), draft);

    assertThat(second).isEqualTo(first);
    assertThat(RealGit.run(mirror.path(), "rev-parse", "refs/heads/knight/1-new").strip())
        .isEqualTo(first.id());
    assertThat(RealGit.run(mirror.path(), "cat-file", "-p", first.id()))
        .isEqualTo(
            """
            tree %s
            parent %s
            author knight <knight@example.org> 1795348800 +0000
            committer knight <knight@example.org> 1795348800 +0000

            Mend the pump
            """
                .formatted(mirror.tree(first), worktree.base()));
    assertThat(RealGit.fsck(mirror.path())).isEmpty();
  }

  @Test
  void an_author_cannot_write_a_second_header() throws Exception {
    Files.writeString(files.resolve("new.txt"), "new\n");
    Mirror mirror = world.mirror();
    Author author = new Author("Eve\ngpgsig x <root@example.org>", "e<>\nparent 1");

    Commit commit =
        mirror.commit(
            worktree.snapshot(),
            new Draft(worktree.base(), new BranchName("knight/1"), author, GitFixture.NOON, "m\n"));

    assertThat(RealGit.run(mirror.path(), "log", "-1", "--format=%P %an <%ae>", commit.id()))
        .isEqualTo(worktree.base() + " Evegpgsig x root@example.org <eparent 1>\n");
  }
}

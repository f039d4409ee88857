package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MergingTest {
  private static final String PUMP = "class Pump {\n  int rate = 1;\n}\n";

  @TempDir Path root;
  private GitFixture world;
  private String base;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    write("a.txt", "one\ntwo\nthree\nfour\nfive\n");
    write("bytes.bin", "\0one");
    write("gone.txt", "to go\n");
    base = committed("base");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void changes_of_different_lines_and_files_go_together() throws Exception {
    String ours =
        changed("ours", "a.txt", "ONE\ntwo\nthree\nfour\nfive\n", "new/ours.txt", "ours\n");
    String theirs =
        changed("theirs", "a.txt", "one\ntwo\nthree\nfour\nFIVE\n", "new/theirs.txt", "theirs\n");

    Merge merge = merge(ours, theirs);

    assertThat(merge.isClean()).isTrue();
    assertThat(file(merge, "a.txt")).isEqualTo("ONE\ntwo\nthree\nfour\nFIVE\n");
    assertThat(file(merge, "new/ours.txt")).isEqualTo("ours\n");
    assertThat(file(merge, "new/theirs.txt")).isEqualTo("theirs\n");
    assertThat(file(merge, "src/deep/Pump.java")).isEqualTo(PUMP);
  }

  @Test
  void git_itself_merges_to_the_same_tree() throws Exception {
    git("checkout", "-q", "-B", "ours", base);
    git("rm", "-q", "gone.txt", "link");
    write("a.txt", "ONE\ntwo\nthree\nfour\nfive\n");
    String ours = committed("ours");
    String theirs = changed("theirs", "a.txt", "one\ntwo\nthree\nfour\nFIVE\n", "b/c.txt", "c\n");
    git("merge", "-q", "--no-edit", "ours");

    Merge merge = merge(ours, theirs);

    assertThat(merge.isClean()).isTrue();
    assertThat(merge.tree()).isEqualTo(git("rev-parse", "HEAD^{tree}").strip());
  }

  @Test
  void the_same_change_on_both_sides_is_no_conflict() throws Exception {
    String ours = changed("ours", "a.txt", "1\ntwo\nthree\nfour\nfive\n", "x", "same\n");
    String theirs = changed("theirs", "a.txt", "1\ntwo\nthree\nfour\nfive\n", "x", "same\n");

    assertThat(merge(ours, theirs).isClean()).isTrue();
  }

  @Test
  void a_conflict_shows_both_sides_between_markers() throws Exception {
    String ours = changed("ours", "a.txt", "mine\ntwo\nthree\nfour\nfive\n", "x", "1\n");
    String theirs = changed("theirs", "a.txt", "hers\ntwo\nthree\nfour\nfive\n", "y", "1\n");

    Merge merge = merge(ours, theirs);

    assertThat(merge.conflicts()).containsExactly("a.txt");
    assertThat(file(merge, "a.txt"))
        .isEqualTo("<<<<<<< yours\nmine\n=======\nhers\n>>>>>>> theirs\ntwo\nthree\nfour\nfive\n");
  }

  @Test
  void what_is_no_text_or_was_deleted_is_as_people_left_it() throws Exception {
    String ours = changed("ours", "bytes.bin", "\0mine", "gone.txt", "changed by us\n");
    git("checkout", "-q", "-B", "theirs", base);
    git("rm", "-q", "gone.txt");
    write("bytes.bin", "\0hers");
    String theirs = committed("theirs");

    Merge merge = merge(ours, theirs);

    assertThat(merge.conflicts()).containsExactly("bytes.bin", "gone.txt");
    assertThat(file(merge, "bytes.bin")).isEqualTo("\0hers");
    assertThat(paths(merge)).doesNotContain("gone.txt");
  }

  @Test
  void a_file_where_people_made_a_directory_is_a_conflict() throws Exception {
    String ours = changed("ours", "thing", "a file\n", "fine", "1\n");
    String theirs = changed("theirs", "thing/inside", "a directory\n", "also", "1\n");

    Merge merge = merge(ours, theirs);

    assertThat(merge.conflicts()).containsExactly("thing");
    assertThat(file(merge, "thing/inside")).isEqualTo("a directory\n");
    assertThat(paths(merge)).contains("fine", "also");
  }

  @Test
  void a_file_that_becomes_a_directory_goes_together_with_other_changes() throws Exception {
    git("checkout", "-q", "-B", "ours", base);
    git("rm", "-q", "gone.txt");
    write("gone.txt/inside", "now a directory\n");
    String ours = committed("ours");
    String theirs = changed("theirs", "also", "1\n", "more", "1\n");

    Merge merge = merge(ours, theirs);

    assertThat(merge.isClean()).isTrue();
    assertThat(file(merge, "gone.txt/inside")).isEqualTo("now a directory\n");
  }

  @Test
  void two_branches_fork_where_they_part() throws Exception {
    String ours = changed("ours", "x", "1\n", "z", "1\n");
    String theirs = changed("theirs", "y", "1\n", "z", "2\n");

    assertThat(world.fetched().fork(new Commit(ours), new Commit(theirs)))
        .contains(new Commit(base));
  }

  private Merge merge(String ours, String theirs) {
    Mirror mirror = world.fetched();
    return mirror.merge(
        mirror.tree(new Commit(base)),
        mirror.tree(new Commit(ours)),
        mirror.tree(new Commit(theirs)));
  }

  private String changed(String branch, String one, String text, String other, String more)
      throws Exception {
    git("checkout", "-q", "-B", branch, base);
    write(one, text);
    write(other, more);
    return committed(branch);
  }

  private String committed(String branch) throws Exception {
    git("add", "--all");
    git("commit", "-q", "-m", "Change");
    git("push", "-q", "-f", "origin", "HEAD:refs/heads/" + branch);
    return git("rev-parse", "HEAD").strip();
  }

  private void write(String path, String text) throws Exception {
    Path file = world.clone.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String file(Merge merge, String path) throws Exception {
    return RealGit.run(world.mirror().path(), "show", merge.tree() + ":" + path);
  }

  private String paths(Merge merge) throws Exception {
    return RealGit.run(world.mirror().path(), "ls-tree", "-r", "--name-only", merge.tree());
  }

  private String git(String... words) throws Exception {
    return RealGit.run(world.clone, words);
  }
}

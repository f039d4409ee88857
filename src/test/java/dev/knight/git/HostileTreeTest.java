package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that no git would make, but a server may send. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileTreeTest {
  private static final JobId ONE = new JobId(1);

  @TempDir Path root;
  private GitFixture world;
  private Repository mirror;
  private ObjectInserter inserter;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    Path path = world.fetched().path();
    mirror = new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
    inserter = mirror.newObjectInserter();
  }

  @AfterEach
  void stop() {
    inserter.close();
    mirror.close();
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", ".git", ".GIT", "a/b", "../../escaped", ".g\u200cit"})
  void a_name_that_leads_astray_is_refused(String name) throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entry(tree, FileMode.REGULAR_FILE, name, blob("evil\n"));

    assertRefused(commit(tree));
    assertThat(root.resolve("home/escaped")).doesNotExist();
  }

  @Test
  void a_link_and_a_directory_of_one_name_do_not_lead_outside() throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    ByteArrayOutputStream below = new ByteArrayOutputStream();
    entry(below, FileMode.REGULAR_FILE, "file", blob("evil\n"));
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entry(tree, FileMode.SYMLINK, "a", blob(outside.toString()));
    entry(tree, FileMode.TREE, "a", inserter.insert(Constants.OBJ_TREE, below.toByteArray()));

    assertRefused(commit(tree));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_directory_and_a_link_of_one_name_do_not_lead_outside() throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    ByteArrayOutputStream below = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000; i++) {
      entry(below, FileMode.REGULAR_FILE, "file%04d".formatted(i), blob("evil\n"));
    }
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entry(tree, FileMode.TREE, "a", inserter.insert(Constants.OBJ_TREE, below.toByteArray()));
    entry(tree, FileMode.SYMLINK, "a", blob(outside.toString()));

    assertRefused(commit(tree));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_link_to_nothing_is_refused() throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entry(tree, FileMode.SYMLINK, "a", blob("x\0y"));

    assertRefused(commit(tree));
  }

  @Test
  void a_base_of_too_many_files_is_refused() throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    ObjectId empty = blob("");
    for (int i = 0; i <= GitFixture.LIMITS.files(); i++) {
      entry(tree, FileMode.REGULAR_FILE, "f%06d".formatted(i), empty);
    }

    assertRefused(commit(tree));
  }

  @Test
  void a_link_that_java_writes_otherwise_counts_as_unchanged() throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entry(tree, FileMode.SYMLINK, "a", blob("some//where/"));

    Worktree worktree = world.mirror().worktree(ONE, commit(tree));

    assertThat(worktree.snapshot().isChanged()).isFalse();
  }

  @Test
  void a_name_in_no_encoding_is_written_and_read_back() throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    tree.writeBytes("100644 latin\u00e9\0".getBytes(StandardCharsets.ISO_8859_1));
    blob("x\n").copyRawTo(tree);

    Worktree worktree = world.mirror().worktree(ONE, commit(tree));

    assertThat(worktree.snapshot().isChanged()).isFalse();
    assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
  }

  private ObjectId blob(String text) throws Exception {
    return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void entry(ByteArrayOutputStream tree, FileMode mode, String name, ObjectId id)
      throws Exception {
    mode.copyTo(tree);
    tree.writeBytes((" " + name + "\0").getBytes(StandardCharsets.UTF_8));
    id.copyRawTo(tree);
  }

  private Commit commit(ByteArrayOutputStream tree) throws Exception {
    CommitBuilder commit = new CommitBuilder();
    PersonIdent eve = new PersonIdent("Eve", "eve@example.org", GitFixture.NOON, ZoneOffset.UTC);
    commit.setTreeId(inserter.insert(Constants.OBJ_TREE, tree.toByteArray()));
    commit.setAuthor(eve);
    commit.setCommitter(eve);
    commit.setMessage("evil\n");
    Commit made = Commit.of(inserter.insert(commit));
    inserter.flush();
    return made;
  }

  private void assertRefused(Commit commit) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> world.mirror().worktree(ONE, commit));
    assertThat(world.home.worktree(ONE)).doesNotExist();
  }
}

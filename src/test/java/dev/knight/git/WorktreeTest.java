package dev.knight.git;

import static dev.knight.git.GitFixture.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorktreeTest {
  private static final JobId ONE = new JobId(1);

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
  void git_agrees_with_a_fresh_worktree() throws Exception {
    Worktree worktree = world.worktree(1);
    Path mirror = world.mirror().path();

    assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
    assertThat(RealGit.run(worktree.path(), "rev-parse", "HEAD").strip())
        .isEqualTo(worktree.base().id());
    assertThat(RealGit.run(worktree.path(), "branch", "--show-current")).isEmpty();
    assertThat(RealGit.run(mirror, "worktree", "list", "--porcelain"))
        .contains("worktree %s\nHEAD %s\ndetached\n".formatted(worktree.path(), worktree.base()));
    assertThat(RealGit.run(mirror, "worktree", "prune", "--dry-run", "--verbose")).isEmpty();
    assertThat(RealGit.fsck(mirror)).isEmpty();
  }

  @Test
  void files_are_written_as_git_writes_them() throws Exception {
    Path files = world.worktree(1).path();

    assertThat(files.resolve("src/deep/Pump.java")).hasContent("class Pump {\n  int rate = 1;\n}");
    assertThat(files.resolve("größe – λ.txt")).hasContent("wide");
    assertThat(Files.isExecutable(files.resolve("run.sh"))).isTrue();
    assertThat(Files.isExecutable(files.resolve("README.md"))).isFalse();
    assertThat(Files.readSymbolicLink(files.resolve("link")))
        .isEqualTo(Path.of("src/deep/Pump.java"));
    assertThat(Files.readSymbolicLink(files.resolve("dangling")))
        .isEqualTo(Path.of("/nowhere/at/all"));
    assertThat(Files.readString(files.resolve("crlf.bat"))).isEqualTo("echo pump\r\n");
    assertThat(files.resolve("big.bin")).hasContent("version https://git-lfs.github.com/spec/v1");
    assertThat(files.resolve("module")).isEmptyDirectory();
  }

  @Test
  void git_reads_no_file_of_a_fresh_worktree_to_know_that_it_is_clean() throws Exception {
    Path files = world.worktree(1).path();
    Path readme = files.resolve("README.md");
    FileTime made = Files.getLastModifiedTime(readme);
    Files.writeString(readme, "# Engine\n\nIt confuses.\n");
    Files.setLastModifiedTime(readme, made);

    assertThat(RealGit.run(files, "status", "--porcelain")).isEmpty();
  }

  @Test
  void git_sees_what_is_written_at_once_in_a_fresh_worktree() throws Exception {
    Path files = world.worktree(1).path();
    Files.writeString(files.resolve("README.md"), "# Engine\n\nIt confuses.\n");

    assertThat(RealGit.run(files, "status", "--porcelain")).isEqualTo(" M README.md\n");
  }

  @Test
  void many_files_of_all_sizes_are_written_as_they_are() throws Exception {
    pushMany();

    assertIsWhole(world.worktree(1));
  }

  @Test
  void worktrees_that_begin_at_once_are_whole_and_have_nothing_in_common() throws Exception {
    pushMany();
    Mirror mirror = world.fetched();
    Commit head = mirror.branchHead(new BranchName("main")).orElseThrow();
    List<Callable<Worktree>> jobs =
        LongStream.rangeClosed(1, 6)
            .mapToObj(JobId::new)
            .<Callable<Worktree>>map(job -> () -> mirror.worktree(job, head))
            .toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Worktree> made : threads.invokeAll(jobs)) {
        assertIsWhole(made.get());
        Path readme = made.get().path().resolve("README.md");
        Files.writeString(readme, "# Engine\n\nIt confuses.\n");
        assertThat(RealGit.run(made.get().path(), "status", "--porcelain"))
            .isEqualTo(" M README.md\n");
      }
    }
  }

  private void pushMany() throws Exception {
    for (int i = 0; i < 600; i++) {
      Path file = world.clone.resolve("many/d%d/f%d.txt".formatted(i % 37, i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "line %d\n".formatted(i).repeat(i));
    }
    RealGit.run(world.clone, "add", "many");
    RealGit.run(world.clone, "commit", "-q", "-m", "Many");
    RealGit.run(world.clone, "push", "-q", "origin", "main");
  }

  private void assertIsWhole(Worktree worktree) throws Exception {
    assertThat(worktree.snapshot().isChanged()).isFalse();
    assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
    assertThat(
            RealGit.run(
                worktree.path(), "diff", "--no-index", "--stat", world.clone + "/many", "many"))
        .isEmpty();
  }

  @Test
  void a_worktree_that_is_there_is_returned_with_all_that_was_done_in_it() throws Exception {
    Worktree first = world.worktree(1);
    Files.writeString(first.path().resolve("README.md"), "# Mended\n");
    world.pushed("main", "README.md", "# Moved on\n");

    Worktree second = world.worktree(1);

    assertThat(second.path().resolve("README.md")).hasContent("# Mended");
    assertThat(second.base()).isEqualTo(first.base());
    assertThat(second.snapshot().changes()).hasSize(1);
  }

  @Test
  void a_worktree_outlives_the_service() throws Exception {
    Worktree first = world.worktree(1);
    Files.writeString(first.path().resolve("new.txt"), "new\n");
    world.mirrors.close();

    Worktree second = world.mirror().worktree(ONE).orElseThrow();

    assertThat(second.base()).isEqualTo(first.base());
    assertThat(second.path().resolve("new.txt")).exists();
  }

  @Test
  void there_is_no_worktree_before_it_is_made() {
    assertThat(world.fetched().worktree(ONE)).isEmpty();
  }

  @Test
  void a_worktree_that_was_half_made_is_made_again() throws Exception {
    Mirror mirror = world.fetched();
    Path half = world.home.worktree(ONE).resolveSibling(".1.making");
    Files.createDirectories(half.resolve("src"));
    Files.writeString(half.resolve("README.md"), "# Eng");
    Path admin = mirror.path().resolve("worktrees/1");
    Files.createDirectories(admin);
    Files.writeString(admin.resolve("locked"), "initializing\n");
    Files.writeString(admin.resolve("index.lock"), "DIRC");
    Files.writeString(admin.resolve("HEAD"), "0000");

    Worktree worktree = world.worktree(1);

    assertThat(half).doesNotExist();
    assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
    assertThat(RealGit.run(mirror.path(), "worktree", "list", "--porcelain"))
        .doesNotContain("locked");
  }

  @Test
  void a_worktree_killed_before_it_was_unlocked_is_whole() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.admin().resolve("locked"), "initializing\n");
    Files.writeString(worktree.path().resolve("new.txt"), "new\n");

    Worktree again = world.worktree(1);

    assertThat(again.path().resolve("new.txt")).exists();
    assertThat(again.admin().resolve("locked")).doesNotExist();
  }

  @Test
  void nothing_is_written_through_a_link_that_the_agent_left_in_the_admin_files() throws Exception {
    Worktree worktree = world.worktree(1);
    Path victim = Files.writeString(root.resolve("victim"), "untouched");
    Files.delete(worktree.admin().resolve("gitdir"));
    Files.createSymbolicLink(worktree.admin().resolve("gitdir"), victim);
    Files.delete(worktree.admin().resolve("commondir"));

    world.worktree(1);

    assertThat(victim).hasContent("untouched");
    assertThat(worktree.admin().resolve("commondir")).hasContent("../..");
  }

  @Test
  void a_directory_of_another_repository_is_left_alone() throws Exception {
    Files.createDirectories(world.home.worktree(ONE));
    Files.writeString(world.home.worktree(ONE).resolve("precious"), "x");

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> world.worktree(1))
        .withMessageContaining("move it away");
    assertThat(world.home.worktree(ONE).resolve("precious")).exists();
  }

  @Test
  void what_the_agent_does_with_git_works_and_is_not_looked_at() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Mended\n");
    RealGit.run(worktree.path(), "commit", "-q", "-a", "-m", "mine");
    Files.writeString(worktree.path().resolve("stashed.txt"), "gone\n");
    RealGit.run(worktree.path(), "add", "stashed.txt");
    RealGit.run(worktree.path(), "stash");
    Files.writeString(worktree.path().resolve("new.txt"), "new\n");

    Snapshot snapshot = world.worktree(1).snapshot();

    assertThat(snapshot.base()).isEqualTo(worktree.base());
    assertThat(snapshot.changes()).extracting(Change::path).containsExactly("README.md", "new.txt");
  }

  @Test
  void removal_takes_the_worktree_and_leaves_its_branch() throws Exception {
    Worktree worktree = world.worktree(1);
    Mirror mirror = world.mirror();
    Files.writeString(worktree.path().resolve("new.txt"), "new\n");
    mirror.commit(worktree.snapshot(), GitFixture.draft(worktree.base(), "knight/1"));

    mirror.remove(ONE);
    mirror.remove(ONE);

    assertThat(worktree.path()).doesNotExist();
    assertThat(worktree.admin()).doesNotExist();
    assertThat(mirror.worktree(ONE)).isEmpty();
    assertThat(RealGit.run(mirror.path(), "for-each-ref", "--format=%(refname)").lines())
        .containsExactly("refs/heads/knight/1", "refs/remotes/origin/main");
    assertThat(RealGit.fsck(mirror.path())).isEmpty();
    try (Stream<Path> left = Files.list(world.home.worktree(ONE).getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void removal_follows_no_link_and_minds_no_permission() throws Exception {
    Worktree worktree = world.worktree(1);
    Path precious = Files.createDirectory(root.resolve("precious"));
    Files.writeString(precious.resolve("file"), "x");
    Files.createSymbolicLink(worktree.path().resolve("out"), precious);
    Files.createSymbolicLink(worktree.admin().resolve("out"), precious);
    Path shut = Files.createDirectories(worktree.path().resolve("shut/in"));
    Files.writeString(shut.resolve("file"), "x");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(shut.getParent(), PosixFilePermissions.fromString("---------"));

    world.mirror().remove(ONE);

    assertThat(precious.resolve("file")).exists();
    assertThat(worktree.path()).doesNotExist();
  }

  @Test
  void removal_goes_deeper_than_names_may_be_long() throws Exception {
    Worktree worktree = world.worktree(1);
    String script =
        "for i in $(seq 1 400); do mkdir dddddddddddddddddd; cd dddddddddddddddddd; done";
    Process process =
        new ProcessBuilder("bash", "-c", script).directory(worktree.path().toFile()).start();
    assertThat(process.waitFor()).isZero();

    world.mirror().remove(ONE);

    assertThat(Files.exists(worktree.path(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void two_repositories_have_a_mirror_each() throws Exception {
    world.worktree(1);
    RepositoryName other = RepositoryName.parse("ada/other");
    Mirror second = world.mirrors.mirror(other, world.server.url());
    second.fetch();

    Worktree two =
        second.worktree(new JobId(2), second.branchHead(new BranchName("main")).orElseThrow());

    assertThat(two.admin()).startsWith(world.home.mirror(other));
    assertThat(second.path()).isNotEqualTo(world.home.mirror(ENGINE));
  }
}

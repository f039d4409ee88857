package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class HostileWorktreeTest {
  private static final String CANARY = "canary-canary-canary";
  private static final int SWAPPED = 300;

  @TempDir Path root;
  private GitFixture world;
  private Worktree worktree;
  private Path files;
  private Path canary;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    worktree = world.worktree(1);
    files = worktree.path();
    canary = root.resolve("canary");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_nested_repository_is_refused() throws Exception {
    RealGit.run(files, "init", "-q", "vendor/lib");

    assertRefused("'vendor/lib/.git' makes its directory a repository of its own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        "GIT~1.",
        ".g\u200cit",
        ".git ",
        ".git. .",
        ".git::$INDEX_ALLOCATION",
        ".GIT:x"
      })
  void what_some_file_system_takes_for_a_repository_is_refused(String name) throws Exception {
    Files.createDirectories(files.resolve("lib"));
    Files.writeString(files.resolve("lib").resolve(name), "gitdir: /tmp/evil\n");

    assertRefused(name);
  }

  @Test
  void a_second_git_in_other_letters_at_the_top_is_refused() throws Exception {
    Files.createDirectories(files.resolve(".GIT/hooks"));

    assertRefused("'.GIT'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", ".gitignore", "src/.gitattributes", "README.md"})
  void a_pipe_is_refused_and_never_opened(String name) throws Exception {
    Files.deleteIfExists(files.resolve(name));
    assertThat(new ProcessBuilder("mkfifo", files.resolve(name).toString()).start().waitFor())
        .isZero();

    assertRefused("'" + name + "' is a pipe, a socket or a device");
  }

  @Test
  void a_second_name_of_a_file_is_refused_wherever_the_first_is() throws Exception {
    Path outside = Files.writeString(root.resolve("outside"), "secret\n");
    Files.createLink(files.resolve("mine"), outside);

    assertRefused("'mine' is a second name of another file");
  }

  @Test
  void a_file_of_terabytes_is_refused_unread() throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(files.resolve("huge").toFile(), "rw")) {
      sparse.setLength(4L << 40);
    }

    assertRefused("'huge' has 4194304 MB");
  }

  @Test
  void a_directory_swapped_for_a_link_while_it_is_read_leads_nowhere() throws Exception {
    Path outside = Files.createDirectories(root.resolve("outside/deep"));
    Files.writeString(outside.resolve("Pump.java"), CANARY);
    Files.createSymbolicLink(outside.resolve("link"), Path.of(CANARY));
    Path mine = Files.createDirectories(files.resolve("mine/deep"));
    Files.writeString(mine.resolve("Pump.java"), "mine\n");
    Files.createSymbolicLink(mine.resolve("link"), Path.of("mine"));
    Path link = Files.createSymbolicLink(root.resolve("swap"), outside.getParent());
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(files.resolve("mine"), link, over));
    try {
      for (int i = 0; i < SWAPPED; i++) {
        try {
          assertThat(worktree.snapshot().diff(10_000)).doesNotContain(CANARY);
        } catch (RefusedException caught) {
          assertThat(caught).hasMessageContaining("mine");
        }
      }
      awaitLeak(files.resolve("mine/deep/Pump.java"));
    } finally {
      over.set(true);
      swapper.join();
    }
  }

  /** The control: whoever goes by the path is led outside sooner or later. */
  private static void awaitLeak(Path path) throws IOException {
    String read = "";
    while (!read.contains(CANARY)) {
      try {
        read = Files.readString(path);
      } catch (NoSuchFileException between) {
        read = "";
      }
    }
  }

  /** A directory and a link change places, over and over. */
  private void swap(Path directory, Path link, AtomicBoolean over) {
    Path aside = root.resolve("aside");
    try {
      while (!over.get()) {
        Files.move(directory, aside);
        Files.move(link, directory);
        Files.move(directory, link);
        Files.move(aside, directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void links_in_circles_and_to_the_outside_are_kept_as_links() throws Exception {
    Files.createSymbolicLink(files.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(files.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(files.resolve("passwd"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(files.resolve("proc"), Path.of("/proc"));

    Snapshot snapshot = worktree.snapshot();

    assertThat(snapshot.changes())
        .extracting(Change::path)
        .containsExactlyInAnyOrder("loop", "up", "passwd", "proc");
    assertThat(snapshot.changes()).allMatch(change -> change.after() == Change.Mode.LINK);
    assertThat(snapshot.diff(10_000)).doesNotContain("root:");
  }

  @Test
  void a_directory_that_became_a_link_is_not_entered() throws Exception {
    Path outside = Files.createDirectories(root.resolve("outside/deep"));
    Files.writeString(outside.resolve("Pump.java"), "secret\n");
    Files.delete(files.resolve("src/deep/Pump.java"));
    Files.delete(files.resolve("src/deep"));
    Files.delete(files.resolve("src"));
    Files.createSymbolicLink(files.resolve("src"), outside.getParent());

    Snapshot snapshot = worktree.snapshot();

    assertThat(snapshot.diff(10_000)).doesNotContain("secret");
    assertThat(snapshot.changes())
        .extracting(Change::path)
        .containsExactlyInAnyOrder("src", "src/deep/Pump.java");
  }

  @Test
  void a_link_in_place_of_an_ignore_file_is_not_followed() throws Exception {
    Path outside = Files.writeString(root.resolve("rules"), "*\n");
    Files.createDirectories(files.resolve("new"));
    Files.createSymbolicLink(files.resolve("new/.gitignore"), outside);
    Files.writeString(files.resolve("new/file"), "x\n");

    assertThat(worktree.snapshot().changes())
        .extracting(Change::path)
        .containsExactlyInAnyOrder("new/.gitignore", "new/file");
  }

  @Test
  void nothing_that_the_agent_configured_is_run() throws Exception {
    String touch = "touch " + canary;
    Path own = Files.createDirectories(root.resolve("evil.git"));
    RealGit.run(root, "init", "-q", "--bare", own.toString());
    for (Path repository : new Path[] {own, worktree.admin()}) {
      hook(
          repository,
          touch,
          "pre-commit",
          "post-index-change",
          "pre-push",
          "reference-transaction");
      Files.writeString(repository.resolve("config"), config(touch));
      Files.writeString(repository.resolve("config.worktree"), config(touch));
    }
    Files.writeString(files.resolve(".gitattributes"), "* filter=evil diff=evil merge=evil\n");
    Files.writeString(files.resolve(".gitmodules"), "[submodule \"module\"]\n\tupdate = !" + touch);
    Files.writeString(files.resolve(".lfsconfig"), config(touch));
    Files.delete(files.resolve(".git"));
    Files.writeString(files.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(files.resolve("README.md"), "# Mended\n");
    Mirror mirror = world.mirror();

    Snapshot snapshot = worktree.snapshot();
    snapshot.diff(10_000);
    Commit commit = mirror.commit(snapshot, GitFixture.draft(worktree.base(), "knight/1"));
    Push push = mirror.push(commit, new BranchName("knight/1"));
    mirror.fetch();

    assertThat(push).isEqualTo(new Push.Pushed(commit));
    assertThat(canary).doesNotExist();
  }

  @Test
  void a_git_directory_in_place_of_the_pointer_is_not_opened() throws Exception {
    Files.delete(files.resolve(".git"));
    RealGit.run(files, "init", "-q");
    Files.writeString(files.resolve(".git/config"), config("touch " + canary));
    Files.writeString(files.resolve("README.md"), "# Mended\n");

    assertThat(worktree.snapshot().changes()).extracting(Change::path).containsExactly("README.md");
    assertThat(canary).doesNotExist();
  }

  @Test
  void hooks_in_the_mirror_are_not_run_either() throws Exception {
    Mirror mirror = world.mirror();
    hook(mirror.path(), "touch " + canary, "pre-push", "pre-commit", "post-commit");
    Files.writeString(files.resolve("README.md"), "# Mended\n");

    Commit commit =
        mirror.commit(worktree.snapshot(), GitFixture.draft(worktree.base(), "knight/1"));
    mirror.push(commit, new BranchName("knight/1"));

    assertThat(canary).doesNotExist();
  }

  @Test
  void a_directory_deeper_than_names_may_be_long_is_refused() throws Exception {
    String script =
        "for i in $(seq 1 400); do mkdir dddddddddddddddddd; cd dddddddddddddddddd; done";
    new ProcessBuilder("bash", "-c", script).directory(files.toFile()).start().waitFor();

    assertRefused("lies deeper than knight goes");
    world.mirror().remove(worktree.job());
  }

  @Test
  void a_hundred_directories_deep_is_only_deep() throws Exception {
    Path deep = files;
    for (int i = 0; i < 100; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("file"), "x\n");

    assertThat(worktree.snapshot().changes()).hasSize(1);
  }

  @Test
  void an_ignore_rule_made_to_take_for_ever_does_not() throws Exception {
    Files.writeString(
        files.resolve(".gitignore"),
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b\n" + "*".repeat(200_000) + "\nsmall*\n");
    Files.writeString(files.resolve("a".repeat(200)), "x\n");
    Files.writeString(files.resolve("small.txt"), "x\n");

    assertThat(worktree.snapshot().changes())
        .extracting(Change::path)
        .containsExactlyInAnyOrder(".gitignore", "a".repeat(200));
  }

  @Test
  void strange_names_come_through() throws Exception {
    for (String name :
        new String[] {"-rf", "a\nb", "a\tb", "\"q\"", "$(x)", "a\\b", "\u202Etxt", " "}) {
      Files.writeString(files.resolve(name), "x\n");
    }
    new ProcessBuilder("bash", "-c", "echo x > $'latin\\xe9'")
        .directory(files.toFile())
        .start()
        .waitFor();

    String tree = worktree.snapshot().tree();

    RealGit.run(files, "add", "--all");
    assertThat(tree).isEqualTo(RealGit.run(files, "write-tree").strip());
  }

  private static void hook(Path repository, String command, String... names) throws IOException {
    Path hooks = Files.createDirectories(repository.resolve("hooks"));
    for (String name : names) {
      Path hook = Files.writeString(hooks.resolve(name), "#!/bin/sh\n" + command + "\n");
      assertThat(hook.toFile().setExecutable(true)).isTrue();
    }
  }

  private static String config(String command) {
    return """
    [core]
    	fsmonitor = %1$s
    	sshCommand = %1$s
    	editor = %1$s
    [filter "evil"]
    	clean = %1$s
    	smudge = %1$s
    	process = %1$s
    	required = true
    [diff "evil"]
    	command = %1$s
    	textconv = %1$s
    [credential]
    	helper = !%1$s
    [gpg]
    	program = %1$s
    [commit]
    	gpgSign = true
    [url "ext::%1$s "]
    	insteadOf = http
    """
        .formatted(command);
  }

  private void assertRefused(String words) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(worktree::snapshot)
        .withMessageContaining(words);
  }
}

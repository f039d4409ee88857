package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import dev.knight.job.Secret;
import dev.knight.overlay.Keeper;
import dev.knight.overlay.Layers;
import dev.knight.overlay.Overlays;
import dev.knight.overlay.Sight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worktrees that lie over a template, where the kernel allows that. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LayeredWorktreeTest {
  private static final JobId ONE = new JobId(1);

  @TempDir Path root;
  private GitFixture world;
  private Overlays overlays;
  private Mirrors mirrors;
  private Mirror mirror;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    overlays = new Overlays(world.home, true);
    mirrors = mirrors(overlays);
    mirror = mirrors.mirror(GitFixture.ENGINE, world.server.url());
    mirror.fetch();
  }

  @AfterEach
  void stop() {
    for (JobId job : List.of(ONE, new JobId(2))) {
      mirror.remove(job);
    }
    mirrors.close();
    world.close();
  }

  private Mirrors mirrors(Overlays shown) {
    return new Mirrors(
        world.home,
        _ -> Optional.of(new Secret(GitServer.TOKEN)),
        GitFixture.LIMITS,
        InstantSource.fixed(GitFixture.NOON),
        shown);
  }

  private Commit main() {
    return mirror.branchHead(new BranchName("main")).orElseThrow();
  }

  private Worktree made(long job) {
    Worktree worktree = mirror.worktree(new JobId(job), main());
    assumeThat(overlays.isWanted()).as("this kernel lets a user mount an overlay").isTrue();
    return worktree;
  }

  @Test
  void it_shows_the_same_as_one_that_has_all_of_its_files_itself() throws Exception {
    Worktree layered = made(1);
    Path plain = world.worktree(2).path();

    try (Sight sight = layered.sight()) {
      assertThat(listed(sight.path())).isEqualTo(listed(plain));
      assertThat(layered.snapshot().isChanged()).isFalse();
    }
    assertThat(names(layered.path())).containsExactly(".git");
  }

  @Test
  void what_is_changed_in_it_is_its_own_and_the_next_one_begins_clean() throws Exception {
    Worktree first = made(1);
    Worktree second = made(2);

    try (Sight sight = first.sight();
        Sight other = second.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
      Removal.of(sight.path().resolve("src"));
      Files.createDirectories(sight.path().resolve("src/new"));
      Files.writeString(sight.path().resolve("src/new/Valve.java"), "class Valve {}\n");
      Files.delete(sight.path().resolve("link"));
      Files.setPosixFilePermissions(
          sight.path().resolve("big.bin"), PosixFilePermissions.fromString("rwxr-xr-x"));

      assertThat(first.snapshot().changes().stream().map(Change::path))
          .containsExactly(
              "README.md", "big.bin", "link", "src/deep/Pump.java", "src/new/Valve.java");
      assertThat(other.path().resolve("README.md")).hasContent("# Engine\n\nIt computes.");
      assertThat(second.snapshot().isChanged()).isFalse();
    }
  }

  @Test
  void what_was_done_in_it_is_there_again_after_everything_was_killed() throws Exception {
    Worktree before = made(1);
    try (Sight sight = before.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
      Files.delete(sight.path().resolve("run.sh"));
      overlays.end(before.path());
    }

    try (Mirrors next = mirrors(new Overlays(world.home, true))) {
      Worktree after = next.worktree(GitFixture.ENGINE, ONE).orElseThrow();

      assertThat(after.isShown()).isFalse();
      assertThat(after.base()).isEqualTo(before.base());
      assertThat(after.snapshot().changes().stream().map(Change::path))
          .containsExactly("README.md", "run.sh");
    }
  }

  @Test
  void the_next_service_looks_through_what_the_last_one_left_and_ends_it() throws Exception {
    Worktree before = made(1);
    Sight sight = before.sight();
    Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
    overlays.leave();
    sight.close();
    Overlays later = new Overlays(world.home, true);

    try (Mirrors next = mirrors(later)) {
      Worktree after = next.worktree(GitFixture.ENGINE, ONE).orElseThrow();

      assertThat(after.isShown()).isTrue();
      try (Sight again = after.sight()) {
        assertThat(again.path()).isEqualTo(sight.path());
        assertThat(again.path().resolve("README.md")).hasContent("# Mended");
      }
      assertThat(after.isShown()).isFalse();
    }
  }

  @Test
  void it_is_set_back_and_brought_onto_what_people_pushed() throws Exception {
    Worktree worktree = made(1);
    String clean = worktree.snapshot().tree();
    try (Sight sight = worktree.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
      Removal.of(sight.path().resolve("src"));
    }

    worktree.setBack(clean);

    assertThat(worktree.snapshot().tree()).isEqualTo(clean);

    Commit base = main();
    Commit pushed = world.pushed("main", "src/deep/Pump.java", "class Pump {}\n");
    mirror.fetch();
    try (Sight sight = worktree.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
    }
    Worktree moved = worktree.rebase(pushed);

    assertThat(moved.base()).isEqualTo(pushed).isNotEqualTo(base);
    try (Sight sight = moved.sight()) {
      assertThat(sight.path().resolve("src/deep/Pump.java")).hasContent("class Pump {}");
    }
    assertThat(moved.snapshot().changes().stream().map(Change::path)).containsExactly("README.md");
  }

  @Test
  void where_layers_are_not_wanted_any_more_it_gets_all_of_its_files_itself() throws Exception {
    Worktree layered = made(1);
    List<String> before;
    String tree;
    try (Sight sight = layered.sight()) {
      Path files = sight.path();
      Files.writeString(files.resolve("README.md"), "# Mended\n");
      Removal.of(files.resolve("src"));
      Files.createDirectory(files.resolve("src"));
      Files.writeString(files.resolve("src/Valve.java"), "class Valve {}\n");
      Files.delete(files.resolve("link"));
      Files.createSymbolicLink(files.resolve("link"), Path.of("README.md"));
      Files.delete(files.resolve("run.sh"));
      Removal.of(files.resolve("module"));
      Files.writeString(files.resolve("module"), "no module\n");
      before = listed(files);
      tree = layered.snapshot().tree();
    }

    Worktree plain = world.mirrors.worktree(GitFixture.ENGINE, ONE).orElseThrow();

    try (Sight sight = plain.sight()) {
      assertThat(sight.path()).isEqualTo(plain.path());
    }
    assertThat(listed(plain.path())).isEqualTo(before);
    assertThat(plain.snapshot().tree()).isEqualTo(tree);
    assertThat(mirrors.worktree(GitFixture.ENGINE, ONE).orElseThrow().snapshot().tree())
        .isEqualTo(tree);
  }

  @Test
  void where_the_kernel_does_not_show_it_any_more_it_gets_all_of_its_files_itself()
      throws Exception {
    Worktree worktree = made(1);
    try (Sight sight = worktree.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
      Files.delete(sight.path().resolve("run.sh"));
    }
    Removal.of(worktree.path().resolveSibling(".1.work"));

    try (Sight sight = worktree.sight()) {
      assertThat(sight.path()).isEqualTo(worktree.path());
    }
    assertThat(overlays.isWanted()).isFalse();
    assertThat(worktree.snapshot().changes().stream().map(Change::path))
        .containsExactly("README.md", "run.sh");
  }

  @Test
  void nobody_takes_the_layers_away_from_under_who_works_in_them() throws Exception {
    Worktree worktree = made(1);
    Sight left = worktree.sight();
    overlays.leave();
    left.close();
    Overlays later = new Overlays(world.home, true);
    try (Mirrors next = mirrors(later)) {
      Worktree again = next.worktree(GitFixture.ENGINE, ONE).orElseThrow();
      try (Sight _ = again.sight()) {
        assertThat(later.fits(new Layers(Path.of("a,b"), Path.of("c"), Path.of("d")))).isFalse();

        assertThat(next.worktree(GitFixture.ENGINE, ONE).orElseThrow().snapshot().isChanged())
            .isFalse();
        assertThat(names(again.path())).containsExactly(".git");
      }
    }
  }

  @Test
  void who_works_on_is_ended_before_it_gets_all_of_its_files_itself() throws Exception {
    Worktree before = made(1);
    Sight sight = before.sight();
    overlays.leave();
    sight.close();

    Worktree plain = world.mirrors.worktree(GitFixture.ENGINE, ONE).orElseThrow();

    assertThat(plain.isShown()).isFalse();
    assertThat(names(plain.path())).containsExactly(".git");
    plain.sight().close();
    assertThat(plain.isShown()).isTrue();
    assertThat(plain.path().resolve("README.md")).exists();
  }

  @Test
  void where_the_way_to_it_is_a_link_it_is_whole_as_well() throws Exception {
    made(1);
    Path link = world.root.resolve("other-way");
    Files.createSymbolicLink(link, world.home.root());
    KnightHome home = new KnightHome(link);
    Overlays shown = new Overlays(home, true);

    try (Mirrors elsewhere =
        new Mirrors(
            home,
            _ -> Optional.of(new Secret(GitServer.TOKEN)),
            GitFixture.LIMITS,
            InstantSource.fixed(GitFixture.NOON),
            shown)) {
      Worktree worktree = elsewhere.worktree(GitFixture.ENGINE, ONE).orElseThrow();

      assertThat(worktree.snapshot().isChanged()).isFalse();
      try (Sight sight = worktree.sight()) {
        assertThat(sight.path().resolve("README.md")).exists();
      }
    }
  }

  @Test
  void nothing_is_left_of_what_was_killed_while_it_showed_it() throws Exception {
    Worktree worktree = made(1);
    try (Sight _ = worktree.sight()) {
      Keeper keeper = Keeper.find(world.home, worktree.path()).orElseThrow();
      kill(keeper.pid());

      assertThat(worktree.isShown()).isFalse();
      assertThat(Keeper.isOnRecord(world.home, worktree.path())).isTrue();
      assertThat(Keeper.isOnRecord(world.home, world.home.doors("1"))).isFalse();
    }

    assertThat(names(world.home.run())).isEmpty();
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
  }

  @Test
  void what_is_no_file_is_refused_as_in_any_other() throws Exception {
    Worktree worktree = made(1);
    try (Sight sight = worktree.sight()) {
      RealGit.run(sight.path(), "init", "-q", "nested");

      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(worktree::snapshot)
          .withMessageContaining("a repository of its own");
    }
  }

  @Test
  void its_template_goes_when_it_and_a_newer_one_have_made_it_useless() throws Exception {
    Commit old = main();
    made(1);
    Commit newer = world.pushed("main", "README.md", "# Moved on\n");
    mirror.fetch();
    made(2);
    MirrorUpkeep upkeep = mirrors.upkeep(GitFixture.ENGINE).orElseThrow();
    Path templates = mirror.path().resolve("templates");
    // They are of one instant, as far as the disk can tell.
    Files.setLastModifiedTime(templates.resolve(old.id()), FileTime.fromMillis(0));

    upkeep.removeTemplates();
    assertThat(names(templates))
        .containsExactly(List.of(old.id(), newer.id()).stream().sorted().toArray(String[]::new));

    mirror.remove(ONE);
    upkeep.removeTemplates();
    assertThat(names(templates)).containsExactly(newer.id());

    mirror.remove(new JobId(2));
    upkeep.removeTemplates();
    assertThat(names(templates)).containsExactly(newer.id());
  }

  @Test
  void nothing_of_it_is_left_once_it_is_removed() throws Exception {
    Worktree worktree = made(1);
    try (Sight _ = worktree.sight()) {
      mirror.remove(ONE);
    }

    assertThat(names(world.home.worktrees())).isEmpty();
    assertThat(names(world.home.run())).isEmpty();
    assertThat(names(mirror.path().resolve("worktrees"))).isEmpty();
    assertThat(RealGit.run(mirror.path(), "for-each-ref", "refs/knight")).isEmpty();
  }

  @Test
  void where_the_kernel_cannot_take_the_path_each_has_its_files_itself() throws Exception {
    Path odd = Files.createDirectory(world.root.resolve("a,b:c"));
    KnightHome home = new KnightHome(odd);
    try (Mirrors elsewhere =
        new Mirrors(
            home,
            _ -> Optional.of(new Secret(GitServer.TOKEN)),
            GitFixture.LIMITS,
            InstantSource.fixed(GitFixture.NOON),
            new Overlays(home, true))) {
      Mirror other = elsewhere.mirror(GitFixture.ENGINE, world.server.url());
      other.fetch();

      Worktree worktree = other.worktree(ONE, main());

      assertThat(worktree.path().resolve("README.md")).exists();
      try (Sight sight = worktree.sight()) {
        assertThat(sight.path()).isEqualTo(worktree.path());
      }
      assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
    }
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Each name with its mode, and what it holds. */
  private static List<String> listed(Path top) throws Exception {
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(path -> !path.equals(top) && !path.endsWith(".git"))
          .map(path -> described(top, path))
          .sorted()
          .toList();
    }
  }

  private static String described(Path top, Path path) {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      String content =
          Files.isSymbolicLink(path)
              ? Files.readSymbolicLink(path).toString()
              : Files.isDirectory(path) ? "" : Files.readString(path);
      return "%s %s %s".formatted(top.relativize(path), mode, content);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    mirror.remove(ONE);
    mirror.remove(new JobId(2));
    mirrors.close();
    world.close();
  }

  private Mirrors mirrors(Overlays shown) {
    return mirrors(world.home, shown);
  }

  private static Mirrors mirrors(KnightHome home, Overlays shown) {
    return new Mirrors(
        home,
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

  /** One in which a file was changed and one deleted; nobody looks at it. */
  private Worktree changed() throws Exception {
    Worktree worktree = made(1);
    try (Sight sight = worktree.sight()) {
      Files.writeString(sight.path().resolve("README.md"), "# Mended\n");
      Files.delete(sight.path().resolve("run.sh"));
    }
    return worktree;
  }

  private static void assertIsChanged(Worktree worktree) {
    assertThat(worktree.snapshot().changes().stream().map(Change::path))
        .containsExactly("README.md", "run.sh");
  }

  /** One that the service left to the next one while somebody was to work in it. */
  private Worktree left() {
    Worktree worktree = made(1);
    Sight sight = worktree.sight();
    overlays.leave();
    sight.close();
    return worktree;
  }

  private static Worktree found(Mirrors mirrors) {
    return mirrors.worktree(GitFixture.ENGINE, ONE).orElseThrow();
  }

  private Keeper keeper(Path directory) throws IOException {
    return Keeper.find(world.home, directory).orElseThrow();
  }

  /** Somebody who works in {@code worktree}, as a jail does. */
  private Process working(Worktree worktree) throws IOException {
    String keeper = Long.toString(keeper(worktree.path()).pid());
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", keeper, "-U", "-m"));
    words.addAll(List.of("--preserve-credentials", "sh", "-c", "echo in; exec sleep 1000"));
    Process process = new ProcessBuilder(words).start();
    assertThat(process.inputReader().readLine()).isEqualTo("in");
    return process;
  }

  private static void assertHasEnded(Process process) throws InterruptedException {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
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
    Worktree before = changed();
    Sight sight = before.sight();
    overlays.leave();
    sight.close();
    kill(keeper(before.path()).pid());

    try (Mirrors next = mirrors(new Overlays(world.home, true))) {
      Worktree after = found(next);

      assertThat(after.isShown()).isFalse();
      assertThat(after.base()).isEqualTo(before.base());
      assertIsChanged(after);
    }
  }

  @Test
  void the_next_service_looks_through_what_the_last_one_left_and_ends_it() throws Exception {
    Path seen = keeper(left().path()).root();
    Files.writeString(seen.resolve("README.md"), "# Mended\n");

    try (Mirrors next = mirrors(new Overlays(world.home, true))) {
      Worktree after = found(next);

      assertThat(after.snapshot().isChanged()).isTrue();
      assertThat(after.isShown()).isTrue();
      try (Sight again = after.sight()) {
        assertThat(again.path()).isEqualTo(seen);
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

    Worktree plain = found(world.mirrors);

    try (Sight sight = plain.sight()) {
      assertThat(sight.path()).isEqualTo(plain.path());
    }
    assertThat(listed(plain.path())).isEqualTo(before);
    assertThat(plain.snapshot().tree()).isEqualTo(tree);
    assertThat(found(mirrors).snapshot().tree()).isEqualTo(tree);
  }

  @Test
  void where_the_kernel_does_not_show_it_any_more_it_alone_gets_all_of_its_files_itself()
      throws Exception {
    Worktree worktree = changed();
    Path work = worktree.path().resolveSibling(".1.work");
    Removal.of(work);
    Files.createSymbolicLink(work, Path.of("/dev/shm")); // of another disk

    try (Sight sight = worktree.sight()) {
      assertThat(sight.path()).isEqualTo(worktree.path());
    }
    assertIsChanged(worktree);
    assertThat(overlays.isWanted()).isTrue();
    assertThat(names(made(2).path())).containsExactly(".git");
  }

  @Test
  void what_it_lies_over_is_made_anew_where_somebody_has_deleted_it() throws Exception {
    Worktree worktree = changed();
    Removal.of(mirror.path().resolve("templates"));
    Removal.of(worktree.path().resolveSibling(".1.work"));

    try (Sight sight = worktree.sight()) {
      assertThat(sight.path()).isNotEqualTo(worktree.path());
      assertThat(sight.path().resolve("src/deep/Pump.java")).exists();
    }
    assertIsChanged(worktree);
  }

  @Test
  void nobody_takes_the_layers_away_from_under_who_works_in_them() throws Exception {
    left();
    Overlays later = new Overlays(world.home, true);
    try (Mirrors next = mirrors(later)) {
      Worktree again = found(next);
      try (Sight _ = again.sight()) {
        assertThat(later.unlessSeen(again.path(), () -> fail("somebody looks"))).isFalse();
        Path odd = Files.createDirectory(root.resolve("a,b"));
        assertThat(later.fits(new Layers(odd, odd, odd))).isFalse();

        assertThat(found(next).snapshot().isChanged()).isFalse();
        assertThat(names(again.path())).containsExactly(".git");
      }
    }
  }

  @Test
  void who_works_on_is_ended_before_it_gets_all_of_its_files_itself() throws Exception {
    Worktree before = left();
    Process agent = working(before);

    Worktree plain = found(world.mirrors);

    assertThat(plain.isShown()).isFalse();
    assertThat(names(plain.path())).containsExactly(".git");
    plain.sight().close();
    assertHasEnded(agent);
    assertThat(plain.isShown()).isTrue();
    assertThat(plain.path().resolve("README.md")).exists();
  }

  @Test
  void who_was_shown_it_by_what_was_killed_is_ended_before_it_is_shown_again() throws Exception {
    Worktree worktree = changed();
    try (Sight _ = worktree.sight()) {
      Process agent = working(worktree);
      kill(keeper(worktree.path()).pid());

      assertIsChanged(worktree);

      assertHasEnded(agent);
      assertThat(keeper(worktree.path()).root().resolve("README.md")).hasContent("# Mended");
    }
    assertThat(names(world.home.run())).isEmpty();
  }

  @Test
  void what_a_killed_service_showed_is_over_but_for_the_jobs_that_go_on() throws Exception {
    Worktree one = left();
    Worktree two = made(2);
    Worktree tried = mirror.scratch(ONE, main());
    two.sight().close();
    tried.sight().close();
    Process agent = working(two);

    new Overlays(world.home, true).endOthers(Set.of(ONE));

    assertHasEnded(agent);
    assertThat(names(world.home.run())).containsExactly("1.overlay");
    assertThat(one.isShown()).isTrue();
  }

  @Test
  void a_directory_of_its_template_goes_however_deep_it_is() throws Exception {
    String deep = "1/2/3/4/5/6/7/8/9/10/11/12";
    Files.createDirectories(world.clone.resolve(deep));
    world.pushed("main", deep + "/Pump.java", "class Pump {}\n");
    mirror.fetch();
    Worktree worktree = made(1);

    try (Sight sight = worktree.sight()) {
      Path below = Files.createDirectories(sight.path().resolve(deep).resolve("13/14"));
      Files.writeString(below.resolve("Own.java"), "class Own {}\n");

      Removal.of(sight.path().resolve("1"));

      assertThat(sight.path().resolve("1")).doesNotExist();
    }
    assertThat(worktree.snapshot().changes().stream().map(Change::path))
        .containsExactly(deep + "/Pump.java");
  }

  @Test
  void where_the_way_to_it_is_a_link_it_is_the_same() throws Exception {
    Path seen = keeper(left().path()).root();
    Path link = world.root.resolve("other-way");
    Files.createSymbolicLink(link, world.home.root());
    KnightHome home = new KnightHome(link);
    Overlays shown = new Overlays(home, true);

    try (Mirrors elsewhere = mirrors(home, shown)) {
      Worktree worktree = found(elsewhere);

      assertThat(worktree.isShown()).isTrue();
      try (Sight sight = worktree.sight()) {
        assertThat(sight.path()).isEqualTo(seen);
        assertThat(sight.path().resolve("README.md")).exists();
      }
      assertThat(worktree.snapshot().isChanged()).isFalse();
    }
  }

  @Test
  void nothing_is_left_of_what_was_killed_while_it_showed_it() throws Exception {
    Worktree worktree = made(1);
    try (Sight _ = worktree.sight()) {
      kill(keeper(worktree.path()).pid());

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
  void it_is_removed_also_where_somebody_has_deleted_all_worktrees() throws Exception {
    made(1);
    Removal.of(world.home.worktrees());

    mirror.remove(ONE);

    assertThat(RealGit.run(mirror.path(), "for-each-ref", "refs/knight")).isEmpty();
  }

  @Test
  void where_the_kernel_cannot_take_the_path_each_has_its_files_itself() throws Exception {
    Path odd = Files.createDirectory(world.root.resolve("a,b:c"));
    KnightHome home = new KnightHome(odd);
    try (Mirrors elsewhere = mirrors(home, new Overlays(home, true))) {
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

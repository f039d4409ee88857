package dev.knight.git;

import static dev.knight.git.GitFixture.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MirrorUpkeepTest {
  private static final Author HERE = new Author("knight", "knight@localhost");

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
  void a_collection_loses_nothing_of_the_worktrees_that_are_there() throws Exception {
    Worktree worktree = world.worktree(1);
    world.pushed("main", "README.md", "# Moved on\n");
    Worktree other = world.worktree(2);
    Files.writeString(worktree.path().resolve("new.txt"), "new\n");
    RealGit.run(worktree.path(), "add", "new.txt");
    RealGit.run(worktree.path(), "commit", "-q", "-m", "mine");
    Files.writeString(worktree.path().resolve("staged.txt"), "staged\n");
    RealGit.run(worktree.path(), "add", "staged.txt");
    BranchName kept = worktree.keep(HERE, GitFixture.NOON, "Kept\n").orElseThrow();
    Snapshot before = worktree.snapshot();

    assertThat(collect(anHourAgo())).isTrue();

    assertThat(packs()).isPositive();
    assertThat(RealGit.fsck(mirror())).isEmpty();
    assertThat(world.mirror().worktree(new JobId(1)).orElseThrow().snapshot().tree())
        .isEqualTo(before.tree());
    assertThat(world.mirror().worktree(new JobId(2)).orElseThrow().base()).isEqualTo(other.base());
    assertThat(RealGit.run(mirror(), "show", kept + ":new.txt")).isEqualTo("new\n");
    assertThat(RealGit.run(worktree.path(), "log", "--format=%s")).isEqualTo("mine\nEngine\n");
    assertThat(RealGit.run(worktree.path(), "diff", "--cached", "--name-only"))
        .isEqualTo("staged.txt\n");
    assertThat(RealGit.run(worktree.path(), "fsck", "--connectivity-only")).doesNotContain("miss");
  }

  @Test
  void what_hangs_on_nothing_goes_once_it_is_old() throws Exception {
    world.worktree(1);
    String stray = loose("stray\n", GitFixture.NOON);
    String fresh = loose("fresh\n", Instant.now());

    assertThat(collect(anHourAgo())).isTrue();

    assertThat(has(stray)).isFalse();
    assertThat(has(fresh)).isTrue();
  }

  @Test
  void what_hung_on_nothing_in_a_pack_gets_its_time_too() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("new.txt"), "new\n");
    RealGit.run(worktree.path(), "add", "new.txt");
    RealGit.run(worktree.path(), "commit", "-q", "-m", "mine");
    String mine = RealGit.run(worktree.path(), "rev-parse", "HEAD").strip();
    RealGit.run(mirror(), "repack", "-a", "-d", "-q");
    age();

    assertThat(collect(anHourAgo())).isTrue();

    assertThat(has(mine)).isTrue();
  }

  @Test
  void while_a_job_is_under_way_nothing_is_collected() throws Exception {
    world.worktree(1);
    String stray = loose("stray\n", GitFixture.NOON);

    assertThat(upkeep().collect(() -> false, anHourAgo(), () -> false)).isFalse();

    assertThat(has(stray)).isTrue();
  }

  @Test
  void while_somebody_fetches_nothing_is_collected() throws Exception {
    world.worktree(1);
    CompletableFuture<Boolean> collected = new CompletableFuture<>();

    boolean outer =
        upkeep()
            .collect(
                () -> {
                  Thread.ofPlatform().start(() -> collected.complete(collect(anHourAgo())));
                  return collected.orTimeout(60, TimeUnit.SECONDS).join();
                },
                anHourAgo(),
                () -> false);

    assertThat(collected).isCompletedWithValue(false);
    assertThat(outer).isFalse();
  }

  @Test
  void a_collection_that_is_called_off_loses_nothing() throws Exception {
    Worktree worktree = world.worktree(1);

    assertThat(upkeep().collect(() -> true, anHourAgo(), () -> true)).isFalse();

    assertThat(RealGit.fsck(mirror())).isEmpty();
    assertThat(RealGit.run(worktree.path(), "status", "--porcelain")).isEmpty();
    assertThat(collect(anHourAgo())).isTrue();
  }

  @Test
  void many_packs_or_many_loose_objects_make_a_mirror_untidy() throws Exception {
    world.worktree(1);
    assertThat(upkeep().isUntidy()).isFalse();
    Path objects = Files.createDirectories(mirror().resolve("objects/17"));
    for (int i = 0; i < 28; i++) {
      Files.createFile(objects.resolve("%038x".formatted(i)));
    }

    assertThat(upkeep().isUntidy()).isTrue();
  }

  @Test
  void a_repository_without_a_mirror_gets_none() {
    assertThat(world.mirrors.upkeep(ENGINE)).isEmpty();
    assertThat(world.home.mirror(ENGINE)).doesNotExist();
  }

  @Test
  void the_tree_of_a_commit_that_is_not_here_is_unknown() {
    Worktree worktree = world.worktree(1);

    assertThat(upkeep().tree(worktree.base())).contains(worktree.snapshot().tree());
    assertThat(upkeep().tree(new Commit("1".repeat(40)))).isEqualTo(Optional.empty());
  }

  private MirrorUpkeep upkeep() {
    return world.mirrors.upkeep(ENGINE).orElseThrow();
  }

  private boolean collect(Instant unreachable) {
    return upkeep().collect(() -> true, unreachable, () -> false);
  }

  private static Instant anHourAgo() {
    return Instant.now().minus(Duration.ofHours(1));
  }

  private Path mirror() {
    return world.home.mirror(ENGINE);
  }

  private String loose(String content, Instant at) throws Exception {
    Path file = Files.writeString(root.resolve("content"), content);
    String id = RealGit.run(mirror(), "hash-object", "-w", file.toString()).strip();
    Path object = mirror().resolve("objects/%s/%s".formatted(id.substring(0, 2), id.substring(2)));
    Files.setLastModifiedTime(object, FileTime.from(at));
    return id;
  }

  private boolean has(String id) throws Exception {
    return RealGit.run(mirror(), "cat-file", "--batch-all-objects", "--batch-check")
        .contains(id + " ");
  }

  /** Packs, which are deleted only once they have lain for an hour. */
  private List<Path> packFiles() throws Exception {
    try (Stream<Path> files = Files.list(mirror().resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).toList();
    }
  }

  private int packs() throws Exception {
    return packFiles().size();
  }

  private void age() throws Exception {
    for (Path pack : packFiles()) {
      Files.setLastModifiedTime(pack, FileTime.from(GitFixture.NOON));
    }
  }
}

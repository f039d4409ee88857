package dev.knight.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.fake.TestMirror;
import dev.knight.git.Commit;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Removal;
import dev.knight.git.Worktree;
import dev.knight.home.HomeSurvey;
import dev.knight.home.JobFiles;
import dev.knight.home.KnightHome;
import dev.knight.job.Effect;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.overlay.Overlays;
import dev.knight.upkeep.Upkeep.Eraser;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpkeepTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final Duration TWO_WEEKS = Duration.ofDays(14);
  private static final Failure BUSY = new Failure.Own("Busy", Optional.empty());
  private static final long PLENTY = 1_000_000_000;

  @TempDir Path directory;

  private final TestClock clock = TestClock.atNoon();
  private final MemoryJobStore store = new MemoryJobStore();
  private KnightHome home;
  private Mirrors mirrors;
  private Mirror mirror;
  private Commit main;
  private Upkeep upkeep;

  @BeforeEach
  void start() throws IOException {
    home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock);
    mirror = mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
    main = TestMirror.commit(mirror.path(), "README.md", "Engine\n");
    upkeep = upkeep(PLENTY, Removal::of);
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void all_files_of_a_job_that_ended_long_ago_are_removed() throws Exception {
    Job job = ended(withFiles(accepted()));
    clock.pass(TWO_WEEKS.minusSeconds(1));
    upkeep.runOnce();
    assertThat(files()).extracting(JobFiles::job).containsExactly(job.id());

    clock.pass(Duration.ofSeconds(1));
    upkeep.runOnce();

    assertThat(files()).isEmpty();
    assertThat(TestMirror.hasRef(mirror.path(), "refs/knight/jobs/" + job.id())).isFalse();
    assertThat(store.find(job.id())).contains(job);
  }

  @Test
  void a_job_that_is_not_over_keeps_its_files_however_old() throws Exception {
    Job queued = withFiles(accepted());
    Job running = changed(withFiles(accepted()), job -> job);
    Job retrying = changed(withFiles(accepted()), job -> job.retryAt(now(), BUSY, now()));
    Job asking = changed(withFiles(accepted()), job -> job.ask("Which one?", now()));
    List<JobFiles> before = files();
    clock.pass(Duration.ofDays(365));

    upkeep(1, Removal::of).runOnce();

    assertThat(files()).isEqualTo(before);
    assertThat(before)
        .extracting(JobFiles::job)
        .containsExactly(queued.id(), running.id(), retrying.id(), asking.id());
  }

  @Test
  void what_is_too_much_goes_oldest_first() throws Exception {
    Job first = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));
    Job second = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));
    Job third = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));
    long one = size(third);

    upkeep(one * 5 / 2, Removal::of).runOnce();

    assertThat(files()).extracting(JobFiles::job).containsExactly(second.id(), third.id());
    assertThat(store.find(first.id())).isPresent();
  }

  @Test
  void what_jobs_share_counts_as_if_each_had_it() throws Exception {
    mirrors.close();
    Overlays overlays = new Overlays(home, true);
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock, overlays);
    mirror = mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
    main = TestMirror.commit(mirror.path(), "README.md", "Engine\n".repeat(100_000));
    Job first = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));
    Job second = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));

    upkeep(1_000_000, Removal::of).runOnce();

    assertThat(files()).extracting(JobFiles::job).containsExactly(second.id());
    assertThat(store.find(first.id())).isPresent();
  }

  @Test
  void what_is_too_much_by_itself_does_not_push_out_the_others() throws Exception {
    Job first = ended(withFiles(accepted()));
    clock.pass(Duration.ofHours(2));
    Job huge = withFiles(accepted());
    Files.write(home.worktree(huge.id()).resolve("core"), new byte[1_000_000]);
    ended(huge);
    clock.pass(Duration.ofHours(2));

    upkeep(500_000, Removal::of).runOnce();

    assertThat(files()).extracting(JobFiles::job).containsExactly(first.id());
  }

  @Test
  void a_job_that_ended_just_now_is_left_alone() throws Exception {
    ended(withFiles(accepted()));
    clock.pass(Duration.ofMinutes(59));
    upkeep(1, Removal::of).runOnce();
    assertThat(files()).hasSize(1);

    clock.pass(Duration.ofMinutes(1));
    upkeep(1, Removal::of).runOnce();

    assertThat(files()).isEmpty();
  }

  @Test
  void a_thousand_ended_jobs_stay_under_the_configured_size() throws Exception {
    Job live = withFiles(accepted());
    for (int i = 1; i <= 1000; i++) {
      Job job = accepted();
      // One of everything for each would only take a minute to make.
      if (i % 10 == 0) {
        withFiles(job);
      } else {
        write(home.recording(job.id().toString()), 6000);
      }
      ended(job);
      clock.pass(Duration.ofMinutes(1));
    }
    clock.pass(Duration.ofHours(1));
    long limit = 1_000_000;
    assertThat(size(files())).isGreaterThan(5 * limit);

    upkeep(limit, Removal::of).runOnce();

    List<JobFiles> left = files();
    assertThat(left.getFirst().job()).isEqualTo(live.id());
    List<JobFiles> leftOfEnded = left.subList(1, left.size());
    assertThat(size(leftOfEnded)).isBetween(limit * 9 / 10, limit);
    assertThat(leftOfEnded.getLast().job()).isEqualTo(new JobId(1001));
    assertThat(leftOfEnded.getFirst().job()).isEqualTo(new JobId(1002 - leftOfEnded.size()));
    assertThat(mirror.worktree(new JobId(1001))).isPresent();
    assertThat(mirror.worktree(live.id())).isPresent();
  }

  @Test
  void work_that_was_not_published_is_committed_before_its_worktree_goes() throws Exception {
    Job job = withFiles(accepted());
    Files.writeString(home.worktree(job.id()).resolve("README.md"), "Half an engine\n");
    ended(job);
    clock.pass(TWO_WEEKS);

    upkeep.runOnce();

    assertThat(files()).isEmpty();
    Commit kept = new Commit(TestMirror.branch(mirror.path(), "knight/job-" + job.id()));
    assertThat(mirror.file(kept, "README.md", 100).map(String::new)).contains("Half an engine\n");
  }

  @Test
  void work_that_was_pushed_needs_no_branch_of_its_own() throws Exception {
    Job job = withFiles(accepted());
    Files.writeString(home.worktree(job.id()).resolve("README.md"), "New engine\n");
    Commit pushed = TestMirror.commit(mirror.path(), "README.md", "New engine\n");
    Effect push = store.plan(job.id(), Effect.Kind.PUSH, "knight/1", now());
    store.settle(push.as(Effect.State.DONE, Optional.of(pushed.id()), Optional.empty()));
    ended(job);
    clock.pass(TWO_WEEKS);

    upkeep.runOnce();

    assertThat(files()).isEmpty();
    assertThat(TestMirror.branch(mirror.path(), "knight/job-" + job.id())).isEmpty();
  }

  @Test
  void work_that_cannot_be_committed_stays_and_is_no_reason_to_remove_the_others()
      throws Exception {
    Job unfit = withFiles(accepted());
    Path nested = home.worktree(unfit.id()).resolve("nested/.git");
    Files.createDirectories(nested);
    Files.write(nested.resolve("pack"), new byte[1_000_000]);
    ended(unfit);
    Job other = ended(withFiles(accepted()));
    List<JobFiles> before = files();
    clock.pass(Duration.ofHours(2));

    upkeep(500_000, Removal::of).runOnce();
    clock.pass(Duration.ofDays(1));
    upkeep(500_000, Removal::of).runOnce();

    assertThat(files()).isEqualTo(before);
    assertThat(files()).extracting(JobFiles::job).containsExactly(unfit.id(), other.id());
  }

  @Test
  void a_worktree_that_no_mirror_knows_stays() throws Exception {
    Job job = ended(accepted());
    Path precious = Files.createDirectories(home.worktree(job.id())).resolve("precious");
    Files.writeString(precious, "x");
    clock.pass(TWO_WEEKS);

    upkeep.runOnce();

    assertThat(precious).exists();
  }

  @Test
  void a_removal_that_was_cut_off_anywhere_is_finished_by_the_next_run() throws Exception {
    int cuts = 0;
    for (boolean cut = true; cut; cuts++) {
      ended(withFiles(accepted()));
      clock.pass(Duration.ofHours(2));
      CutOff eraser = new CutOff(cuts);
      Upkeep dying = upkeep(1, eraser);
      cut = eraser.cuts(dying);
      // What is left is not too much any more, and not old.
      upkeep(PLENTY, Removal::of).runOnce();

      assertThat(files()).as("cut off before removal " + (cuts + 1)).isEmpty();
    }
    assertThat(cuts).isGreaterThan(6);
  }

  @Test
  void files_of_a_job_that_the_store_does_not_know_go_once_they_are_old() throws Exception {
    JobId unknown = new JobId(77);
    Path readme = worktree(unknown).path().resolve("README.md");
    Files.writeString(readme, "From a store that is lost\n");
    touch(home.worktree(unknown), now());
    clock.pass(TWO_WEEKS.minusSeconds(1));
    upkeep.runOnce();
    assertThat(readme).exists();

    clock.pass(Duration.ofSeconds(1));
    upkeep.runOnce();

    assertThat(files()).isEmpty();
    assertThat(TestMirror.branch(mirror.path(), "knight/job-77")).isNotEmpty();
  }

  @Test
  void what_bears_no_name_of_knights_is_left_alone() throws Exception {
    Path mine = Files.createDirectories(home.worktrees().resolve("mine"));
    Path notes = Files.writeString(Files.createDirectories(home.run()).resolve("notes"), "x");
    clock.pass(Duration.ofDays(365));

    upkeep(1, Removal::of).runOnce();

    assertThat(mine).exists();
    assertThat(notes).exists();
  }

  @Test
  void nothing_is_removed_through_a_link() throws Exception {
    Path precious = Files.createDirectories(directory.resolve("precious"));
    Files.writeString(precious.resolve("file"), "x");
    Job job = withFiles(accepted());
    Files.createSymbolicLink(home.sessions(job.id() + "-review-1"), precious);
    Files.createSymbolicLink(home.bridge(job.id().toString()).resolve("out"), precious);
    ended(job);
    clock.pass(TWO_WEEKS);

    upkeep.runOnce();

    assertThat(files()).isEmpty();
    assertThat(precious.resolve("file")).exists();
  }

  @Test
  void files_stay_while_a_bridge_of_their_job_lives() throws Exception {
    Job job = ended(withFiles(accepted()));
    clock.pass(TWO_WEEKS);
    Path lock = home.bridge(job.id().toString()).resolve("lock");
    try (FileChannel bridge =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = bridge.lock()) {
      assertThat(held.isValid()).isTrue();
      upkeep.runOnce();
      assertThat(files()).hasSize(1);
    }

    upkeep.runOnce();

    assertThat(files()).isEmpty();
  }

  @Test
  void what_a_mirror_notes_of_a_worktree_that_is_gone_is_pruned() throws Exception {
    Job job = ended(accepted());
    worktree(job.id());
    Removal.of(home.worktree(job.id()));
    clock.pass(Duration.ofHours(2));

    upkeep.runOnce();

    assertThat(mirror.path().resolve("worktrees")).isEmptyDirectory();
    assertThat(TestMirror.hasRef(mirror.path(), "refs/knight/jobs/" + job.id())).isFalse();
  }

  @Test
  void a_mirror_is_packed_only_while_no_job_of_its_repository_is_under_way() throws Exception {
    litter();
    Job job = changed(withFiles(accepted()), running -> running.ask("Which one?", now()));
    upkeep.runOnce();
    assertThat(packs()).isZero();

    changedAgain(job, asking -> asking.stop("Never mind", now()));
    clock.pass(Duration.ofHours(2));
    upkeep.runOnce();

    assertThat(packs()).isPositive();
    assertThat(mirror.worktree(job.id()).orElseThrow().snapshot().isChanged()).isFalse();
  }

  @Test
  void after_its_end_the_upkeep_begins_nothing_more() throws Exception {
    ended(withFiles(accepted()));
    clock.pass(TWO_WEEKS);

    upkeep.close();
    upkeep.runOnce();

    assertThat(files()).hasSize(1);
  }

  /** The process dies before one of its removals. */
  private static final class CutOff implements Eraser {
    private int left;

    CutOff(int left) {
      this.left = left;
    }

    @Override
    public void erase(Path path) throws IOException {
      if (left-- == 0) {
        throw new Death();
      }
      Removal.of(path);
    }

    /** Whether {@code upkeep} dies of it. */
    boolean cuts(Upkeep upkeep) {
      int before = left;
      if (before > 20) {
        throw new IllegalStateException("It is never cut off");
      }
      try {
        upkeep.runOnce();
        return false;
      } catch (Death death) {
        return true;
      }
    }
  }

  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private Upkeep upkeep(long bytes, Eraser eraser) {
    return new Upkeep(home, store, mirrors, new UpkeepSettings(TWO_WEEKS, bytes), clock, eraser);
  }

  private Instant now() {
    return clock.instant();
  }

  private Job accepted() {
    int number = store.jobs(5000).size() + 1;
    return store.accept(
        new Mention(
            "node" + number,
            new Subject(ENGINE, number),
            Mention.Source.COMMAND,
            number,
            new Person(1, "ada"),
            "Mend the pump",
            "mend it",
            URI.create("https://github.com/ada/engine/issues/" + number),
            now()),
        now());
  }

  private Job ended(Job job) {
    return changed(job, running -> running.finish(new JobState.NoChange("Fine as it is"), now()));
  }

  private Job changed(Job job, UnaryOperator<Job> verb) {
    Job running = store.claim(job.id(), "me", now().plusSeconds(60), now()).orElseThrow();
    return changedAgain(running, verb);
  }

  private Job changedAgain(Job job, UnaryOperator<Job> verb) {
    return store.replace(job, verb.apply(job), List.of()).orElseThrow();
  }

  private Worktree worktree(JobId job) {
    return mirror.worktree(job, main);
  }

  /** {@code job}, with one of everything that a job leaves: about 6 kB. */
  private Job withFiles(Job job) throws IOException {
    String name = job.id().toString();
    worktree(job.id());
    write(home.sessions(name).resolve("session.jsonl"), 2000);
    write(home.sessions(name + "-review-0123456789ab").resolve("session.jsonl"), 1000);
    write(home.bridge(name).resolve("tmp/file"), 10);
    write(home.recording(name), 2000);
    write(home.checks(job.id()), 100);
    write(home.setupMark(job.id()), 5);
    return job;
  }

  private static void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  private static void touch(Path path, Instant at) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(at));
  }

  private List<JobFiles> files() throws IOException {
    return HomeSurvey.of(home).jobs();
  }

  private long size(Job job) throws IOException {
    return size(files().stream().filter(files -> files.job().equals(job.id())).toList());
  }

  private static long size(List<JobFiles> files) {
    return files.stream()
        .mapToLong(one -> DiskUsage.of(one.worktrees()) + DiskUsage.of(one.others()))
        .sum();
  }

  /** As many loose objects as make a mirror worth packing. */
  private void litter() throws IOException {
    Path place = Files.createDirectories(mirror.path().resolve("objects/17"));
    for (int i = 0; i < 28; i++) {
      Path object = Files.createFile(place.resolve("%038x".formatted(i)));
      touch(object, now().minus(Duration.ofDays(30)));
    }
  }

  private long packs() throws IOException {
    try (var names = Files.list(mirror.path().resolve("objects/pack"))) {
      return names.filter(name -> name.toString().endsWith(".pack")).count();
    }
  }
}

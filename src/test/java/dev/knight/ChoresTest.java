package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.job.Backups;
import dev.knight.job.FigureStore;
import dev.knight.job.JobId;
import dev.knight.job.Spent;
import dev.knight.metrics.SpendBook;
import dev.knight.systemd.Notifier;
import dev.knight.upkeep.Upkeep;
import dev.knight.upkeep.UpkeepSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChoresTest {
  @TempDir private Path directory;

  private final TestClock clock = TestClock.atNoon();
  private final BlockingQueue<Thread> backups = new LinkedBlockingQueue<>();
  private final BlockingQueue<JobId> written = new LinkedBlockingQueue<>();
  private final SpendBook spend = new SpendBook(new Figures(), clock);
  private Chores chores;

  @BeforeEach
  void chores_of_a_service_without_systemd() {
    KnightHome home = new KnightHome(directory);
    MemoryJobStore store = new MemoryJobStore();
    Mirrors mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock);
    UpkeepSettings retention = new UpkeepSettings(Duration.ofDays(14), Long.MAX_VALUE);
    chores =
        new Chores(
            new Upkeep(home, store, mirrors, retention, clock),
            new NoBackups(),
            spend,
            new Watchdog(store, Notifier.of(Map.of())),
            clock);
  }

  @Test
  void at_first_there_is_nothing_to_do() {
    assertThat(chores.loops()).noneMatch(Loop::tick);
  }

  @Test
  void the_copy_of_the_day_is_made_on_a_thread_that_holds_up_nobody_else() throws Exception {
    clock.pass(Duration.ofMinutes(1));

    chores.loops().forEach(Loop::tick);

    Thread made = backups.poll(5, TimeUnit.MINUTES);
    assertThat(made).isNotNull().returns(false, Thread::isVirtual).returns(true, Thread::isDaemon);
  }

  @Test
  void what_models_cost_is_written_some_seconds_later() throws Exception {
    spend.known(new JobId(7), "small", Spent.NOTHING);
    clock.pass(Duration.ofSeconds(10));

    chores.loops().forEach(Loop::tick);

    assertThat(written.poll(5, TimeUnit.MINUTES)).isEqualTo(new JobId(7));
    assertThat(backups).isEmpty();
  }

  /** Knows who wanted the copy of the day. */
  private final class NoBackups implements Backups {
    @Override
    public Path make() {
      throw new AssertionError("nobody asks for one");
    }

    @Override
    public void daily() {
      backups.add(Thread.currentThread());
    }
  }

  /** Knows whose cost was written. */
  private final class Figures implements FigureStore {
    @Override
    public void spent(JobId job, LocalDate day, Map<String, Spent> totals) {
      written.add(job);
    }

    @Override
    public Census census() {
      throw new AssertionError("nobody counts");
    }

    @Override
    public List<Result> results(Instant since) {
      throw new AssertionError("nobody reads");
    }

    @Override
    public List<Spend> spend(LocalDate since) {
      throw new AssertionError("nobody reads");
    }
  }
}

package dev.knight.attempt;

import static dev.knight.attempt.BudgetTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.FakeMeter;
import dev.knight.fake.TestClock;
import dev.knight.job.Job;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverseerTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(60), new BigDecimal("5"), Duration.ofMinutes(5), 2, 3);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final FakeMeter meter = new FakeMeter();
  private final WatchedSession session = new WatchedSession(meter);
  private final Story story = new Story();
  private volatile String tree = "base";

  @Test
  void at_three_quarters_of_the_money_the_agent_is_told_once_to_come_to_an_end() throws Exception {
    overseer(Spent.NOTHING);
    changes();
    session.spends(usd("3.8"));

    session.says("anything");
    assertThat(heard()).startsWith("told: You have used three quarters");
    assertThat(story.told.poll(30, TimeUnit.SECONDS)).startsWith("limit: Three quarters");

    story.beat();
    assertThat(session.heard).isEmpty();
  }

  @Test
  void at_three_quarters_of_the_time_the_agent_is_told_though_it_is_silent() throws Exception {
    overseer(Spent.time(Duration.ofMinutes(45)));

    story.beat();

    assertThat(heard()).startsWith("told: You have used three quarters");
  }

  @Test
  void after_a_restart_the_agent_is_not_told_again() throws Exception {
    overseer(usd("3.8"));
    story.beat();
    heard();
    WatchedSession again = new WatchedSession(meter);
    again.knew("wrap-up");

    Overseer next = next(usd("3.8"));
    next.watch(again);
    story.beat();
    again.spends(usd("2"));
    for (int beats = 0; again.heard.isEmpty() && beats < 3_000; beats++) {
      story.beat(); // the look before may be at work still
      LockSupport.parkNanos(10_000_000);
    }

    assertThat(again.heard.peek()).isEqualTo("aborted");
  }

  @Test
  void at_the_whole_money_the_agent_is_stopped() throws Exception {
    Overseer overseer = overseer(Spent.NOTHING);
    session.spends(usd("5"));

    session.says("anything");

    assertThat(heard()).isEqualTo("aborted");
    assertThat(overseer.reason()).contains("The budget of $5 for this job is used up.");
  }

  @Test
  void at_the_whole_time_the_agent_is_stopped_though_it_is_silent() throws Exception {
    Overseer overseer = overseer(Spent.time(Duration.ofMinutes(60)));

    story.beat();

    assertThat(heard()).isEqualTo("aborted");
    assertThat(overseer.reason()).contains("The time for this job, 60 min, is used up.");
  }

  @Test
  void two_fifths_of_the_money_without_a_changed_file_stop_the_agent() throws Exception {
    Overseer overseer = overseer(Spent.NOTHING);
    session.spends(usd("2"));

    awaitReason(overseer);

    assertThat(overseer.reason().orElseThrow()).contains("changed no file and no check's result");
    story.beat();
    assertThat(heard()).isEqualTo("aborted");
  }

  @Test
  void money_that_changes_files_is_well_spent() throws Exception {
    Overseer overseer = overseer(Spent.NOTHING);
    changes();
    session.spends(usd("2"));
    story.beat();
    story.awaitLook();

    session.spends(usd("1.7"));
    story.beat();

    assertThat(overseer.reason()).isEmpty();
    assertThat(session.heard).isEmpty();
  }

  @Test
  void a_check_that_ends_otherwise_is_worth_its_money() {
    Overseer overseer = overseer(Spent.NOTHING);
    session.spends(usd("1.9"));

    overseer.fruitful();
    session.spends(usd("1.8"));
    story.beat();

    assertThat(overseer.reason()).isEmpty();
    assertThat(looks).isEmpty();
  }

  @Test
  void summing_up_the_conversation_is_neither_work_nor_idleness() {
    Overseer overseer = overseer(Spent.NOTHING);
    session.spends(usd("1.5"));

    session.compacts(usd("2"));
    story.beat();

    assertThat(overseer.reason()).isEmpty();
    assertThat(looks).isEmpty();
  }

  @Test
  void files_that_change_while_they_are_read_are_changing() throws Exception {
    tree = "unreadable";
    Overseer overseer = overseer(Spent.NOTHING);
    session.spends(usd("2"));

    story.beat();
    story.awaitLook();

    assertThat(overseer.reason()).isEmpty();
  }

  @Test
  void what_is_used_reaches_the_store_while_the_agent_works() {
    overseer(Spent.NOTHING);
    session.spends(usd("1"));

    clock.pass(Duration.ofSeconds(10));
    story.beat();

    assertThat(story.spent.usd()).isEqualByComparingTo("1");
    assertThat(story.spent.time()).isEqualTo(Duration.ofSeconds(10));
  }

  private final BlockingQueue<String> looks = new LinkedBlockingQueue<>();

  private void changes() {
    tree = "changed";
  }

  private Overseer overseer(Spent earlier) {
    Overseer overseer = next(earlier);
    overseer.watch(session);
    return overseer;
  }

  private Overseer next(Spent earlier) {
    Budget budget = new Budget(LIMITS, earlier, Spent.NOTHING, meter, clock);
    return new Overseer(budget, this::read, "base", story, clock, Thread::startVirtualThread);
  }

  private String read() {
    looks.add(tree);
    if (tree.equals("unreadable")) {
      throw new RefusedException("'a' is a pipe");
    }
    return tree;
  }

  private String heard() throws InterruptedException {
    return Optional.ofNullable(session.heard.poll(30, TimeUnit.SECONDS)).orElse("nothing");
  }

  /** The look at the files is on a thread of its own. */
  private void awaitReason(Overseer overseer) {
    for (int beats = 0; overseer.reason().isEmpty() && beats < 3_000; beats++) {
      story.beat();
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** The attempt's way to its job, which writes down what is said. */
  private final class Story implements Progress {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<Runnable> looking = new ArrayList<>();
    private Spent spent = Spent.NOTHING;

    void beat() {
      looking.forEach(Runnable::run);
    }

    void awaitLook() throws InterruptedException {
      assertThat(looks.poll(30, TimeUnit.SECONDS)).isNotNull();
      // What follows the look is on the same thread, and the next one waits for it.
      for (int beats = 0; looks.isEmpty() && beats < 20; beats++) {
        beat();
        LockSupport.parkNanos(10_000_000);
      }
    }

    @Override
    public Job job() {
      throw new UnsupportedOperationException("The overseer does not ask for the job");
    }

    @Override
    public void enter(Step step) {}

    @Override
    public void tell(String kind, String text) {
      told.add(kind + ": " + text);
    }

    @Override
    public void spent(Spent total) {
      spent = total;
    }

    @Override
    public void branch(String name) {}

    @Override
    public void works(Side side) {}

    @Override
    public void onBeat(Runnable look) {
      looking.add(look);
    }

    @Override
    public void onCancel(Runnable stop) {}
  }
}

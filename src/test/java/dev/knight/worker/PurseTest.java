package dev.knight.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.job.AttemptListener;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Jobs of 5 USD at most, on days of 8 USD. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PurseTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final MemoryJobStore store = new MemoryJobStore();
  private final TestClock clock = new TestClock(NOON);
  private final Purse purse =
      new Purse(
          store,
          new WorkerSettings(
              2,
              2,
              "w",
              Optional.of(new WorkerSettings.DayLimit(new BigDecimal("5"), new BigDecimal("8")))),
          clock);

  @Test
  void a_job_that_does_not_fit_into_the_day_waits_and_uses_up_no_attempt() {
    assertThat(purse.admits(claimed(1))).isTrue();

    assertThat(purse.admits(claimed(2))).isFalse();

    Job waits = job(2);
    assertThat(waits.state())
        .isInstanceOfSatisfying(
            JobState.Retrying.class,
            retrying -> {
              assertThat(retrying.dueAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
              assertThat(retrying.reason()).contains("may spend $8 a day");
            });
    assertThat(waits.attempt()).isZero();
    assertThat(store.events(waits.id(), 0)).anyMatch(event -> event.kind().equals("waits"));
  }

  @Test
  void it_is_due_at_once_when_another_job_has_ended_and_then_fits() {
    Claim first = claimed(1);
    purse.admits(first);
    purse.admits(claimed(2));
    first.spent(new Spent(0, 0, new BigDecimal("1")));
    first.change(job -> job.finish(new JobState.NoChange("was so already"), clock.instant()));

    purse.ended();

    Claim again = claim(2);
    assertThat(again.job().attempt()).isEqualTo(1);
    assertThat(purse.admits(again)).isTrue();
  }

  @Test
  void it_waits_no_longer_than_the_day() {
    clock.pass(Duration.ofHours(11).plusMinutes(30));
    purse.admits(claimed(1));

    purse.admits(claimed(2));

    assertThat(job(2).state())
        .isInstanceOfSatisfying(
            JobState.Retrying.class,
            retrying ->
                assertThat(retrying.dueAt()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z")));
  }

  @Test
  void a_job_that_a_crash_took_from_its_worker_keeps_what_was_set_aside() {
    purse.admits(claimed(1));
    clock.pass(Duration.ofMinutes(5));

    assertThat(purse.admits(claim(1))).isTrue();
    assertThat(purse.admits(claimed(2))).isFalse();
  }

  @Test
  void without_a_limit_nobody_waits() {
    Purse open = new Purse(store, new WorkerSettings(2, 2, "w"), clock);

    assertThat(open.admits(claimed(1))).isTrue();
    assertThat(open.admits(claimed(2))).isTrue();
  }

  private Claim claimed(long number) {
    store.accept(
        new Mention(
            "n" + number,
            new Subject(new RepositoryName("ada", "engine"), number),
            Mention.Source.ISSUE,
            number,
            new Person(1, "ada"),
            "Engine stalls",
            "@knight mend it",
            URI.create("https://github.com/ada/engine/issues/" + number),
            clock.instant()),
        clock.instant());
    return claim(number);
  }

  private Claim claim(long number) {
    Instant now = clock.instant();
    Job job = store.claim(new JobId(number), "w", now.plus(Claim.LEASE), now).orElseThrow();
    return new Claim(
        store, new Outages(new Backoff(new Random(1))), AttemptListener.NONE, clock, job);
  }

  private Job job(long number) {
    return store.find(new JobId(number)).orElseThrow();
  }
}

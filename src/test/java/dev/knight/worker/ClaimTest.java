package dev.knight.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.job.AttemptListener;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Step;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClaimTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final InstantSource clock = InstantSource.system();
  private final MemoryJobStore store = new MemoryJobStore();

  @Test
  void what_is_being_published_is_waited_for_until_nobody_works_on_it() throws Exception {
    Claim claim = publishing();
    Thread service =
        Thread.ofVirtual().start(() -> claim.awaitPublished(clock.instant().plus(DAY)));
    while (service.getState() != Thread.State.TIMED_WAITING) {
      assertThat(service.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }

    claim.end(); // its store is dead, so that it is publishing for all that was recorded

    assertThat(service.join(Duration.ofMinutes(5))).isTrue();
  }

  private Claim publishing() {
    Instant now = clock.instant();
    Job accepted = store.accept(mention(now), now);
    Job claimed = store.claim(accepted.id(), "knight", now.plus(DAY), now).orElseThrow();
    Outages outages = new Outages(new Backoff(new Random(1)));
    Claim claim = new Claim(store, outages, AttemptListener.NONE, clock, claimed);
    claim.enter(Step.PUBLISH);
    return claim;
  }

  private static Mention mention(Instant now) {
    return new Mention(
        "n1",
        new Subject(new RepositoryName("ada", "engine"), 1),
        Mention.Source.COMMAND,
        1,
        new Person(1, "ada"),
        "Greet",
        "fix it",
        URI.create("https://github.com/ada/engine/issues/1"),
        now);
  }
}

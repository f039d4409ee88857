package dev.knight.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import dev.knight.job.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Instant LATEST = NOW.plusSeconds(99);
  private static final JobId PROBE = new JobId(1);
  private static final JobId OTHER = new JobId(2);

  /** The whole machine: open ends in a minute, due has ended. */
  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource({
    "closed,  admits,        yes",
    "open,    admits,        no",
    "due,     admits,        yes",
    "probing, admits,        no",
    "closed,  claimed,       closed",
    "open,    claimed,       probing 2",
    "due,     claimed,       probing 2",
    "probing, claimed,       probing 2",
    "closed,  probe failed,  open 1 to 99",
    "open,    probe failed,  open 2 to 99",
    "due,     probe failed,  open 2 to 99",
    "probing, probe failed,  open 3 to 99",
    "closed,  other failed,  open 1 to 99",
    "open,    other failed,  open 2 to 99",
    "due,     other failed,  open 2 to 99",
    "probing, other failed,  probing 2",
    "closed,  probe ended,   closed",
    "open,    probe ended,   open 2 to 60",
    "due,     probe ended,   open 2 to 0",
    "probing, probe ended,   open 2 to 0",
    "probing, other ended,   probing 2",
  })
  void each_verb_leads_where_the_machine_says(String before, String verb, String after) {
    assertThat(word(breaker(before), verb)).isEqualTo(after);
  }

  @Test
  void while_a_side_is_away_one_job_at_a_time_tries() {
    Outages outages = new Outages(new Backoff(new Random(1)));
    Instant until = outages.failed(Side.MODEL, PROBE, NOW, Optional.empty());
    assertThat(outages.admit(NOW)).isFalse();
    assertThat(outages.admit(until)).isTrue();

    outages.claimed(PROBE);
    assertThat(outages.admit(until)).isFalse();

    Instant next = outages.failed(Side.MODEL, PROBE, until, Optional.empty());
    assertThat(Duration.between(until, next)).isGreaterThan(Duration.between(NOW, until));
    outages.claimed(OTHER);
    outages.worked(Side.MODEL);
    assertThat(outages.admit(NOW)).isTrue();
  }

  @Test
  void a_time_that_the_other_side_named_holds() {
    Outages outages = new Outages(new Backoff(new Random(1)));

    Instant until = outages.failed(Side.GITHUB, PROBE, NOW, Optional.of(LATEST));

    assertThat(until).isEqualTo(LATEST);
    assertThat(outages.admit(LATEST.minusMillis(1))).isFalse();
  }

  @Test
  void one_side_that_is_back_does_not_admit_to_another_that_is_away() {
    Outages outages = new Outages(new Backoff(new Random(1)));
    outages.failed(Side.GITHUB, PROBE, NOW, Optional.empty());
    outages.failed(Side.GIT, PROBE, NOW, Optional.empty());

    outages.worked(Side.GITHUB);

    assertThat(outages.admit(NOW)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "5, 160", "6, 300", "60, 300"})
  void waits_grow_to_five_minutes_with_a_fifth_by_chance(int times, long seconds) {
    Duration wait = new Backoff(new Random(times)).after(times);

    assertThat(wait).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds * 6 / 5));
  }

  private static Breaker breaker(String word) {
    return switch (word) {
      case "closed" -> new Breaker.Closed();
      case "open" -> new Breaker.Open(LATER, 2);
      case "due" -> new Breaker.Open(NOW, 2);
      case "probing" -> new Breaker.Probing(PROBE, 2);
      default -> throw new AssertionError(word);
    };
  }

  private static String word(Breaker breaker, String verb) {
    return switch (verb) {
      case "admits" -> breaker.admits(NOW) ? "yes" : "no";
      case "claimed" -> word(breaker.claimed(PROBE));
      case "probe failed" -> word(breaker.failed(PROBE, LATEST));
      case "other failed" -> word(breaker.failed(OTHER, LATEST));
      case "probe ended" -> word(breaker.ended(PROBE, NOW));
      case "other ended" -> word(breaker.ended(OTHER, NOW));
      default -> throw new AssertionError(verb);
    };
  }

  private static String word(Breaker breaker) {
    return switch (breaker) {
      case Breaker.Closed _ -> "closed";
      case Breaker.Open(Instant until, int times) ->
          "open %d to %d".formatted(times, Duration.between(NOW, until).toSeconds());
      case Breaker.Probing(JobId _, int times) -> "probing " + times;
    };
  }
}

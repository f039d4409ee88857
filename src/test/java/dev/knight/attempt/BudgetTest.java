package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.FakeMeter;
import dev.knight.fake.TestClock;
import dev.knight.gateway.Allowance;
import dev.knight.job.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Time and money, each a limit by itself; {@link OverseerTest} has what follows from them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BudgetTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(60), new BigDecimal("5"), Duration.ofMinutes(5), 2, 3);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final FakeMeter meter = new FakeMeter();
  private final WatchedSession session = new WatchedSession(meter);

  @Test
  void time_at_work_is_counted_over_all_attempts() {
    Budget budget = budget(Spent.time(Duration.ofMinutes(59)));
    assertThat(budget.overdrawn()).isEmpty();
    assertThat(budget.time()).isEqualTo(Duration.ofMinutes(1));

    work(budget, Duration.ofMinutes(1));

    assertThat(budget.overdrawn()).contains("The time for this job, 60 min, is used up.");
    assertThat(budget.spent().time()).isEqualTo(Duration.ofMinutes(60));
  }

  @Test
  void a_laptop_that_slept_has_not_worked() {
    Budget budget = budget(Spent.NOTHING);

    clock.pass(Duration.ofHours(8));

    assertThat(budget.overdrawn()).isEmpty();
    assertThat(budget.spent().time()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void a_clock_that_is_set_back_takes_nothing_away() {
    Budget budget = budget(Spent.NOTHING);
    work(budget, Duration.ofMinutes(10));

    clock.pass(Duration.ofHours(-1));

    assertThat(budget.spent().time()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void money_is_counted_over_all_attempts() {
    Budget budget = budget(usd("4"));
    budget.watch(session);
    assertThat(budget.overdrawn()).isEmpty();

    session.spends(usd("1"));

    assertThat(budget.overdrawn()).contains("The budget of $5 for this job is used up.");
  }

  @Test
  void what_was_counted_before_the_service_was_killed_is_counted() {
    meter.counts(usd("3"));
    Budget budget = budget(usd("0.5"));

    session.spends(usd("0.5"));

    assertThat(budget.spent().usd()).isEqualByComparingTo("3.5");
  }

  @Test
  void a_conversation_that_is_found_again_is_not_counted_twice() {
    session.spends(usd("3"));
    Budget budget = budget(usd("3"));

    budget.watch(session);

    assertThat(budget.spent().usd()).isEqualByComparingTo("3");
  }

  @Test
  void what_the_agent_says_that_it_spent_is_not_counted() {
    Budget budget = budget(Spent.NOTHING);
    WatchedSession liar = new WatchedSession(new FakeMeter());
    budget.watch(liar);

    liar.spends(usd("100"));

    assertThat(budget.spent().usd()).isZero();
    assertThat(budget.overdrawn()).isEmpty();
  }

  @Test
  void the_allowance_is_what_is_left() {
    Budget budget = budget(usd("1"));
    Allowance allowance = budget.allowance(budget::overdrawn);

    meter.counts(usd("3"));
    assertThat(allowance.left()).isEqualByComparingTo("1");
    assertThat(allowance.refusal()).isEmpty();
    meter.counts(usd("1.5"));

    assertThat(allowance.left()).isEqualByComparingTo("-0.5");
    assertThat(allowance.refusal()).contains("The budget of $5 for this job is used up.");
  }

  @Test
  void summaries_of_a_pi_that_knows_no_price_are_no_work_either() {
    Budget budget = budget(Spent.NOTHING);
    budget.watch(session);

    meter.counts(new Spent(9_000, 1_000, new BigDecimal("2")));
    session.sumsUp(new Spent(4_500, 500, BigDecimal.ZERO));

    assertThat(budget.worth()).isEqualByComparingTo("1");
  }

  @Test
  void a_model_without_a_price_is_limited_by_its_tokens() {
    Budget budget = budget(Spent.NOTHING);
    budget.watch(session);

    session.spends(new Spent(15_999_999, 1_000_000, BigDecimal.ZERO));
    assertThat(budget.overdrawn()).isEmpty();
    assertThat(budget.isNearlySpent()).isTrue();
    session.spends(new Spent(1, 0, BigDecimal.ZERO));

    assertThat(budget.overdrawn().orElseThrow())
        .contains("no known price")
        .contains("17,000,000 tokens");
  }

  @Test
  void three_quarters_of_the_time_or_of_the_money_are_nearly_all() {
    assertThat(budget(usd("3.74")).isNearlySpent()).isFalse();
    assertThat(budget(usd("3.75")).isNearlySpent()).isTrue();
    assertThat(budget(Spent.time(Duration.ofMinutes(44))).isNearlySpent()).isFalse();
    assertThat(budget(Spent.time(Duration.ofMinutes(45))).isNearlySpent()).isTrue();
  }

  private Budget budget(Spent earlier) {
    return new Budget(LIMITS, earlier, Spent.NOTHING, meter, clock);
  }

  /** Looked at each second, as the service does. */
  private void work(Budget budget, Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.pass(Duration.ofSeconds(1));
      budget.look();
    }
  }

  static Spent usd(String sum) {
    return new Spent(0, 0, new BigDecimal(sum));
  }
}

package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Mandate;
import dev.knight.job.Plan;
import dev.knight.job.Spent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Mandate}, laid out in columns. */
@Embeddable
record MandateColumns(
    @Column(name = "plan_stage") String planStage,
    @Column(name = "plan_text") @Nullable String planText,
    @Column(name = "plan_by") @Nullable String planBy,
    @Column(name = "before_input_tokens") long inputTokens,
    @Column(name = "before_output_tokens") long outputTokens,
    @Column(name = "before_usd") BigDecimal usd,
    @Column(name = "before_worked_millis") long workedMillis,
    @Column(name = "budget_since") @Nullable Instant since,
    @Column(name = "budget_by") @Nullable String extendedBy) {

  static MandateColumns of(Mandate mandate) {
    return switch (mandate.plan()) {
      case Plan.None _ -> of("none", null, null, mandate);
      case Plan.Wanted _ -> of("wanted", null, null, mandate);
      case Plan.Proposed(String text) -> of("proposed", text, null, mandate);
      case Plan.Approved(String text, String by) -> of("approved", text, by, mandate);
    };
  }

  private static MandateColumns of(
      String stage, @Nullable String text, @Nullable String by, Mandate mandate) {
    Spent before = mandate.before();
    return new MandateColumns(
        stage,
        text == null ? null : Columns.text(text, Columns.REASON),
        by == null ? null : Columns.line(by, Columns.PERSON),
        before.inputTokens(),
        before.outputTokens(),
        before.usd().setScale(Columns.USD_DECIMALS, RoundingMode.HALF_UP),
        before.time().toMillis(),
        mandate.since().map(Columns::time).orElse(null),
        mandate.extendedBy().map(who -> Columns.line(who, Columns.PERSON)).orElse(null));
  }

  /** The same without secrets in its plan, which the agent wrote. */
  MandateColumns redacted(Redactor redactor) {
    return new MandateColumns(
        planStage,
        planText == null ? null : redactor.text(planText),
        planBy,
        inputTokens,
        outputTokens,
        usd,
        workedMillis,
        since,
        extendedBy);
  }

  Mandate toMandate() {
    Spent before =
        new Spent(inputTokens, outputTokens, Columns.money(usd), Duration.ofMillis(workedMillis));
    return new Mandate(plan(), before, Optional.ofNullable(since), Optional.ofNullable(extendedBy));
  }

  private Plan plan() {
    return switch (planStage) {
      case "none" -> new Plan.None();
      case "wanted" -> new Plan.Wanted();
      case "proposed" -> new Plan.Proposed(there(planText));
      case "approved" -> new Plan.Approved(there(planText), there(planBy));
      default -> throw new IllegalStateException("The store holds an unknown plan: " + planStage);
    };
  }

  private static String there(@Nullable String column) {
    return Objects.requireNonNull(column, "A column that the job's plan needs is empty");
  }
}

package dev.knight.store;

import dev.knight.job.Mandate;
import dev.knight.job.Plan;
import dev.knight.job.Spent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A {@link Mandate}, laid out in columns. */
final class MandateColumns {
  private MandateColumns() {}

  /**
   * @param clean takes secrets out of a plan, which the agent wrote
   */
  static Cells of(Mandate mandate, UnaryOperator<String> clean) {
    Spent before = mandate.before();
    return plan(mandate.plan(), clean)
        .and("before_input_tokens", before.inputTokens())
        .and("before_output_tokens", before.outputTokens())
        .and("before_usd", before.usd())
        .and("before_worked_millis", before.time().toMillis())
        .and("budget_since", mandate.since())
        .and("budget_by", mandate.extendedBy().map(who -> Columns.line(who, Columns.PERSON)));
  }

  private static Cells plan(Plan plan, UnaryOperator<String> clean) {
    Cells none =
        Cells.of("plan_stage", "none")
            .and("plan_text", Optional.empty())
            .and("plan_by", Optional.empty());
    return switch (plan) {
      case Plan.None _ -> none;
      case Plan.Wanted _ -> none.and("plan_stage", "wanted");
      case Plan.Proposed(String text) ->
          none.and("plan_stage", "proposed").and("plan_text", cut(text, clean));
      case Plan.Approved(String text, String by) ->
          none.and("plan_stage", "approved")
              .and("plan_text", cut(text, clean))
              .and("plan_by", Columns.line(by, Columns.PERSON));
    };
  }

  private static String cut(String text, UnaryOperator<String> clean) {
    return clean.apply(Columns.text(text, Columns.REASON));
  }

  static Mandate read(Row row) throws SQLException {
    Spent before =
        new Spent(
            row.number("before_input_tokens"),
            row.number("before_output_tokens"),
            row.money("before_usd"),
            Duration.ofMillis(row.number("before_worked_millis")));
    return new Mandate(
        plan(row), before, row.maybeTime("budget_since"), row.maybeText("budget_by"));
  }

  private static Plan plan(Row row) throws SQLException {
    return switch (row.text("plan_stage")) {
      case "none" -> new Plan.None();
      case "wanted" -> new Plan.Wanted();
      case "proposed" -> new Plan.Proposed(row.text("plan_text"));
      case "approved" -> new Plan.Approved(row.text("plan_text"), row.text("plan_by"));
      case String unknown ->
          throw new IllegalStateException("The store holds an unknown plan: " + unknown);
    };
  }
}

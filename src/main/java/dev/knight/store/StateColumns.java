package dev.knight.store;

import dev.knight.job.JobState;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.Lease;
import dev.knight.job.Step;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A {@link JobState}, laid out in columns; those that it does not use are null. */
final class StateColumns {
  private StateColumns() {}

  /**
   * @param clean takes secrets out of a reason, which may repeat what a command or the agent
   *     printed
   */
  static Cells of(JobState state, UnaryOperator<String> clean) {
    return switch (state) {
      case Queued _ -> none(state);
      case Running(Lease(String owner, _, Instant end), Step step) ->
          none(state).and("step", step).and("lease_owner", owner).and("lease_end", end);
      case Retrying(Instant due, String reason) ->
          reasoned(state, reason, clean).and("due_at", due);
      case NeedsYou(String question) -> reasoned(state, question, clean);
      case Done(URI link, boolean draft, String reason) ->
          reasoned(state, reason, clean).and("pull_request", link.toString()).and("draft", draft);
      case Answered(String reason) -> reasoned(state, reason, clean);
      case NoChange(String reason) -> reasoned(state, reason, clean);
      case Failed(String reason, Optional<String> branch, boolean limited) ->
          reasoned(state, reason, clean).and("kept_branch", branch).and("limited", limited);
      case Stopped(String reason, Optional<String> branch) ->
          reasoned(state, reason, clean).and("kept_branch", branch);
    };
  }

  /** The state again. */
  static JobState read(Row row) throws SQLException {
    return switch (row.text("state")) {
      case "queued" -> new Queued();
      case "running" ->
          new Running(
              new Lease(row.text("lease_owner"), row.number("token"), row.time("lease_end")),
              row.word(Step.class, "step"));
      case "retrying" -> new Retrying(row.time("due_at"), row.text("reason"));
      case "needs-you" -> new NeedsYou(row.text("reason"));
      case "done" -> done(row);
      case "no-change" -> new NoChange(row.text("reason"));
      case "failed" ->
          new Failed(row.text("reason"), row.maybeText("kept_branch"), row.flag("limited"));
      case "stopped" -> new Stopped(row.text("reason"), row.maybeText("kept_branch"));
      case String unknown ->
          throw new IllegalStateException("The store holds an unknown state: " + unknown);
    };
  }

  private static JobState done(Row row) throws SQLException {
    Optional<String> link = row.maybeText("pull_request");
    return link.isEmpty()
        ? new Answered(row.text("reason"))
        : new Done(URI.create(link.get()), row.flag("draft"), row.text("reason"));
  }

  private static Cells reasoned(JobState state, String reason, UnaryOperator<String> clean) {
    return none(state).and("reason", clean.apply(Columns.text(reason, Columns.REASON)));
  }

  private static Cells none(JobState state) {
    return Cells.of("state", state.word())
        .and("step", Optional.empty())
        .and("lease_owner", Optional.empty())
        .and("lease_end", Optional.empty())
        .and("due_at", Optional.empty())
        .and("reason", Optional.empty())
        .and("pull_request", Optional.empty())
        .and("draft", false)
        .and("kept_branch", Optional.empty())
        .and("limited", false);
  }
}

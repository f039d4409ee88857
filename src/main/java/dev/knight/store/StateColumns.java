package dev.knight.store;

import dev.knight.hygiene.Redactor;
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
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link JobState}, laid out in columns; those that it does not use are null. */
@Embeddable
record StateColumns(
    String state,
    @Nullable String step,
    @Column(name = "lease_owner") @Nullable String leaseOwner,
    @Column(name = "lease_end") @Nullable Instant leaseEnd,
    @Column(name = "due_at") @Nullable Instant dueAt,
    @Nullable String reason,
    @Column(name = "pull_request") @Nullable String pullRequest,
    boolean draft,
    @Column(name = "kept_branch") @Nullable String keptBranch,
    boolean limited) {

  static StateColumns of(JobState state) {
    return switch (state) {
      case Queued _ ->
          new StateColumns(state.word(), null, null, null, null, null, null, false, null, false);
      case Running(Lease(String owner, _, Instant end), Step step) ->
          new StateColumns(
              state.word(),
              step.name(),
              owner,
              Columns.time(end),
              null,
              null,
              null,
              false,
              null,
              false);
      case Retrying(Instant due, String reason) ->
          new StateColumns(
              state.word(),
              null,
              null,
              null,
              Columns.time(due),
              cut(reason),
              null,
              false,
              null,
              false);
      case NeedsYou(String question) -> reasoned(state, question, null);
      case Done(URI link, boolean draft, String reason) ->
          new StateColumns(
              state.word(),
              null,
              null,
              null,
              null,
              cut(reason),
              link.toString(),
              draft,
              null,
              false);
      case Answered(String reason) -> reasoned(state, reason, null);
      case NoChange(String reason) -> reasoned(state, reason, null);
      case Failed(String reason, Optional<String> branch, boolean limited) ->
          reasoned(state, reason, branch.orElse(null), limited);
      case Stopped(String reason, Optional<String> branch) ->
          reasoned(state, reason, branch.orElse(null));
    };
  }

  /** The same without secrets in its reason. */
  StateColumns redacted(Redactor redactor) {
    return new StateColumns(
        state,
        step,
        leaseOwner,
        leaseEnd,
        dueAt,
        reason == null ? null : redactor.text(reason),
        pullRequest,
        draft,
        keptBranch,
        limited);
  }

  /** The state again; a running one holds its lease by {@code token}. */
  JobState toState(long token) {
    return switch (state) {
      case "queued" -> new Queued();
      case "running" ->
          new Running(
              new Lease(there(leaseOwner), token, there(leaseEnd)), Step.valueOf(there(step)));
      case "retrying" -> new Retrying(there(dueAt), there(reason));
      case "needs-you" -> new NeedsYou(there(reason));
      case "done" ->
          pullRequest == null
              ? new Answered(there(reason))
              : new Done(URI.create(pullRequest), draft, there(reason));
      case "no-change" -> new NoChange(there(reason));
      case "failed" -> new Failed(there(reason), Optional.ofNullable(keptBranch), limited);
      case "stopped" -> new Stopped(there(reason), Optional.ofNullable(keptBranch));
      default -> throw new IllegalStateException("The store holds an unknown state: " + state);
    };
  }

  private static StateColumns reasoned(JobState state, String reason, @Nullable String branch) {
    return reasoned(state, reason, branch, false);
  }

  private static StateColumns reasoned(
      JobState state, String reason, @Nullable String branch, boolean limited) {
    return new StateColumns(
        state.word(), null, null, null, null, cut(reason), null, false, branch, limited);
  }

  private static String cut(String reason) {
    return Columns.text(reason, Columns.REASON);
  }

  private static <T> T there(@Nullable T column) {
    return Objects.requireNonNull(column, "A column that the job's state needs is empty");
  }
}

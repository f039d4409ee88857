package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Where a job stands. Each state carries exactly what is true in it. */
public sealed interface JobState {

  /** Waits for a worker. */
  record Queued() implements JobState {}

  /**
   * A worker has it.
   *
   * @param lease the worker's right to it
   * @param step how far it has come
   */
  record Running(Lease lease, Step step) implements JobState {}

  /**
   * Waits for something that passes by itself.
   *
   * @param dueAt when it may be claimed again
   * @param reason one sentence for the requester
   */
  record Retrying(Instant dueAt, String reason) implements JobState {}

  /**
   * Parked for a person; holds no worker.
   *
   * @param question what the person is asked, in plain words
   */
  record NeedsYou(String question) implements JobState {}

  /** Over, as long as no person has the job go on: {@link Job#reopen} and {@link Job#extend}. */
  sealed interface Finished extends JobState {
    /** One or more sentences for the requester: what came of it, or why nothing did. */
    String reason();
  }

  /**
   * The change is in a pull request.
   *
   * @param pullRequest its page
   * @param draft whether it was opened as a draft, because its checks failed
   */
  record Done(URI pullRequest, boolean draft, String reason) implements Finished {}

  /** What was asked is answered, in {@code reason}; nothing was to be changed. */
  record Answered(String reason) implements Finished {}

  /** Nothing had to change, and {@code reason} says why. */
  record NoChange(String reason) implements Finished {}

  /**
   * It could not be done.
   *
   * @param branch where the work that was made lies, if there is any
   * @param limited whether it was stopped by a limit: it goes on if a person gives it more
   */
  record Failed(String reason, Optional<String> branch, boolean limited) implements Finished {
    /** By something that more time or money does not mend. */
    public Failed(String reason, Optional<String> branch) {
      this(reason, branch, false);
    }
  }

  /**
   * A person called it off.
   *
   * @param branch where the work that was made lies, once it has been looked for
   */
  record Stopped(String reason, Optional<String> branch) implements Finished {
    /** Just called off: nobody has looked for work yet. */
    public Stopped(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** The word of {@code product.md} for this state. */
  default String word() {
    return switch (this) {
      case Queued _ -> "queued";
      case Running _ -> "running";
      case Retrying _ -> "retrying";
      case NeedsYou _ -> "needs-you";
      case Done _, Answered _ -> "done";
      case NoChange _ -> "no-change";
      case Failed _ -> "failed";
      case Stopped _ -> "stopped";
    };
  }
}

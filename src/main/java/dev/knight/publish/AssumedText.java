package dev.knight.publish;

import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Fate;
import dev.knight.job.Job;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a status comment says of the questions that nobody had to wait for. */
final class AssumedText {
  private static final int LONGEST = 500;

  private final OutgoingText outgoing;

  AssumedText(OutgoingText outgoing) {
    this.outgoing = outgoing;
  }

  /** The questions with what was assumed, and what became of it; empty if nothing was. */
  Optional<String> paragraph(Job job, List<Assumption> assumptions) {
    String lines =
        assumptions.stream()
            .filter(one -> one.fate() != Fate.VOID)
            .map(this::line)
            .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? Optional.empty() : Optional.of(introduction(job, assumptions) + lines);
  }

  private static String introduction(Job job, List<Assumption> assumptions) {
    boolean open = assumptions.stream().anyMatch(one -> one.fate() == Fate.OPEN);
    return open
        ? tag(job)
            + "I did not wait for an answer to this and went on with what I assume. Say otherwise in a"
            + " comment that mentions me, and I redo what depends on it.\n\n"
        : "What I had assumed:\n\n";
  }

  /** Where it is over, the requester is tagged above already. */
  private static String tag(Job job) {
    return switch (job.state()) {
      case Queued _, Running _, Retrying _ -> "@%s: ".formatted(job.requester().login());
      case NeedsYou _, Done _, Answered _, NoChange _, Failed _, Stopped _ -> "";
    };
  }

  private String line(Assumption one) {
    String question = outgoing.line(one.question(), LONGEST);
    String assumed = outgoing.line(one.assumed(), LONGEST);
    return switch (one.fate()) {
      case OPEN, VOID -> "- %s → %s".formatted(question, assumed);
      case CONFIRMED ->
          "- %s → %s (you said the same, so nothing was redone)".formatted(question, assumed);
      case CHANGED ->
          "- %s → not %s: you said otherwise, and I redid what depended on it"
              .formatted(question, assumed);
    };
  }
}

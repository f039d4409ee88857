package dev.knight.publish;

import dev.knight.job.Job;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which orders there are, and which of them mean something where the question was asked. */
public final class HelpText {
  private final String name;
  private final OutgoingText outgoing;

  /** {@code name} is what knight answers to after {@code @}. */
  public HelpText(String name, OutgoingText outgoing) {
    this.name = name;
    this.outgoing = outgoing;
  }

  /**
   * The answer.
   *
   * @param unknown the word that somebody took for an order
   * @param job what knight is or was doing there
   * @param onPullRequest whether it is asked under a pull request
   */
  public String of(Optional<String> unknown, Optional<Job> job, boolean onPullRequest) {
    return unknown
            .map(word -> "I do not know the word %s. ".formatted(outgoing.code(word)))
            .orElse("")
        + """
        Nothing was started. What I understand after my name:

        | write | and I |
        | --- | --- |
        | `@%1$s <what you want>` | do it; while I am at work, take it into account |
        | `@%1$s plan <what you want>` | propose a plan first, and begin after your `go` |
        | `@%1$s ask <question>` | answer, and change nothing |
        | `@%1$s review` | review this pull request, and change nothing |
        | `@%1$s status` | say what I am doing |
        | `@%1$s retry` | try my last job here once more |
        | `@%1$s stop` | stop |

        """
            .formatted(name)
        + now(job, onPullRequest);
  }

  private static String now(Optional<Job> job, boolean onPullRequest) {
    List<String> live = job.map(it -> live(it, onPullRequest)).orElseGet(() -> idle(onPullRequest));
    return "Here and now: %s. %s"
        .formatted(
            live.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
            job.map(HelpText::sentence).orElse("I am not at work on anything here."));
  }

  private static List<String> live(Job job, boolean onPullRequest) {
    return switch (job.state()) {
      case Queued _, Running _ -> List.of("ask", "status", "stop");
      case Retrying _ -> List.of("ask", "status", "retry", "stop");
      case NeedsYou _ when job.isPlanned() -> List.of("go", "ask", "status", "stop");
      case NeedsYou _ -> List.of("ask", "status", "retry", "stop");
      case Finished _ ->
          onPullRequest
              ? List.of("review", "ask", "status", "retry")
              : List.of("plan", "ask", "status", "retry");
    };
  }

  private static List<String> idle(boolean onPullRequest) {
    return onPullRequest ? List.of("review", "ask") : List.of("plan", "ask");
  }

  private static String sentence(Job job) {
    return switch (job.state()) {
      case Queued _ -> "Job %s waits for a free worker.".formatted(job.id());
      case Running _ -> "Job %s is at work.".formatted(job.id());
      case Retrying _ -> "Job %s is tried again soon.".formatted(job.id());
      case NeedsYou _ -> "Job %s waits for a person.".formatted(job.id());
      case Finished end -> "Job %s is over (%s).".formatted(job.id(), end.word());
    };
  }
}

package dev.knight.simulation;

import dev.knight.github.Comment;
import dev.knight.github.Page;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import dev.knight.job.JudgedMention;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells of a call as a person wants to read it; of what changes nothing it tells nothing. */
final class Story {
  private static final int LONGEST = 200;

  private Story() {}

  /** What tells one call of a method from another, as the step that is entered. */
  static String detail(Object[] arguments) {
    for (Object argument : arguments) {
      switch (argument) {
        case Effect.Kind kind -> {
          return " " + kind;
        }
        case Effect effect -> {
          return " " + effect.kind() + " " + effect.state();
        }
        case Job _ when arguments.length > 1 && arguments[1] instanceof Job after -> {
          return " " + state(after);
        }
        case List<?> list when !list.isEmpty() && list.getFirst() instanceof Event event -> {
          return " " + event.kind();
        }
        default -> {}
      }
    }
    return "";
  }

  private static String state(Job job) {
    return job.state() instanceof Running(_, var step) ? step.word() : job.state().word();
  }

  static Optional<String> ofStore(String call, Object[] arguments, @Nullable Object result) {
    return switch (call) {
      case "claim", "replace", "accept" ->
          result instanceof Optional<?> there
              ? there.map(job -> call + " " + job(job))
              : Optional.of(call + " " + job(result));
      case "keep" -> kept(arguments);
      case "tell" -> told(arguments);
      case "settle" -> Optional.of("settle " + effect(arguments[0]));
      case "advance" -> Optional.of("advance " + effect(arguments[1]) + " " + result);
      case "plan" -> Optional.of("plan " + effect(result));
      case "delivered" -> Optional.of("delivered " + arguments[0]);
      default -> Optional.empty();
    };
  }

  private static Optional<String> kept(Object[] arguments) {
    String mentions =
        ((List<?>) arguments[3]).stream().map(Story::judged).collect(Collectors.joining(", "));
    return mentions.isEmpty() ? Optional.empty() : Optional.of("keep " + mentions);
  }

  private static String judged(Object judged) {
    return judged instanceof JudgedMention(var mention, var verdict, _, _)
        ? mention.nodeId() + " " + verdict
        : "";
  }

  private static Optional<String> told(Object[] arguments) {
    String lines =
        ((List<?>) arguments[0])
            .stream()
                .map(event -> event instanceof Event line ? line.text() : "")
                .collect(Collectors.joining(", "));
    return Optional.of("tell " + line(lines));
  }

  private static String job(@Nullable Object thing) {
    return thing instanceof Job job
        ? "job %s attempt %d: %s, %s USD"
            .formatted(
                job.id(),
                job.attempt(),
                job.state() instanceof Running(_, var step)
                    ? step.word()
                    : line(job.state().toString()),
                job.spent().usd())
        : "";
  }

  private static String effect(@Nullable Object thing) {
    return thing instanceof Effect effect
        ? "job %s %s %s is %s %s"
            .formatted(
                effect.job(),
                effect.kind(),
                effect.key(),
                effect.state(),
                effect.externalId().orElse(""))
        : "";
  }

  static Optional<String> ofGitHub(String call, Object[] arguments, Object result) {
    return switch (call) {
      case "issues", "issueComments", "reviewComments" ->
          result instanceof Page.Items<?> page && !page.items().isEmpty()
              ? Optional.of("reads %d of %s".formatted(page.items().size(), call))
              : Optional.empty();
      case "comment" ->
          result instanceof Comment comment
              ? Optional.of("writes comment %d: %s".formatted(comment.id(), line(comment.body())))
              : Optional.empty();
      case "comments", "open", "editComment", "editPullRequest", "react", "deleteComment" ->
          Optional.of(call + ": " + line(result.toString()));
      default -> Optional.empty();
    };
  }

  private static String line(String text) {
    String begin = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    return begin.replaceAll("\\s+", " ");
  }
}

package dev.knight.cli;

import dev.knight.api.JobView;
import dev.knight.hygiene.PlainText;
import java.util.ArrayList;
import java.util.List;

/** What jobs need of a person, and the command that gives it. */
final class Needs {
  /** Who has more of them looks into each anyway. */
  private static final int MOST = 5;

  private Needs() {}

  /** Lines for those of {@code jobs} that wait for a person; none if none does. */
  static List<String> lines(List<JobView> jobs, Terminal terminal) {
    List<JobView> waiting = jobs.stream().filter(job -> job.needs().isPresent()).toList();
    List<String> lines = new ArrayList<>();
    for (JobView job : waiting.subList(0, Math.min(MOST, waiting.size()))) {
      String needs = job.needs().orElse("");
      String why = firstLine(job.reason().orElse(""));
      lines.add("");
      lines.add(
          terminal.painted(
              Tone.NEEDS_YOU,
              TextWidth.cutEnd(
                  "Job %d needs %s%s"
                      .formatted(job.id(), what(needs), why.isEmpty() ? "" : ": " + why),
                  terminal.width())));
      lines.add("  " + TextWidth.cutEnd(command(job.id(), needs), terminal.width() - 2));
    }
    if (waiting.size() > MOST) {
      lines.add("");
      lines.add("%d more need you: knight jobs --state needs-you".formatted(waiting.size() - MOST));
    }
    return lines;
  }

  /** The command that gives job {@code id} what it needs. */
  static String command(long id, String needs) {
    return switch (needs) {
      case "release" ->
          "knight show %1$d says what; knight release %1$d lets it through".formatted(id);
      case "approval" ->
          "knight show %1$d has the plan; knight release %1$d agrees, knight steer %1$d \"...\" changes it"
              .formatted(id);
      default -> "knight steer %d \"your answer\"".formatted(id);
    };
  }

  /** What {@code needs} is, in words. */
  static String what(String needs) {
    return switch (needs) {
      case "release" -> "a look";
      case "approval" -> "your word on its plan";
      default -> "an answer";
    };
  }

  private static String firstLine(String text) {
    return PlainText.line(text.strip().lines().findFirst().orElse(""));
  }
}

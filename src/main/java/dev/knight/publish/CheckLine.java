package dev.knight.publish;

import dev.knight.job.Event;
import java.util.List;
import java.util.Optional;

/** What the story of a job says last of the checks on GitHub. */
public final class CheckLine {
  /** The kind of the events that tell of them. */
  public static final String KIND = "checks";

  /** The kind of the event that tells that a pull request was opened as a draft. */
  public static final String DRAFT = "draft";

  /** The kind of the event that tells that it is one no more. */
  public static final String READY = "ready";

  private CheckLine() {}

  /** The last line, if it is about what the job came to last and not about an earlier round. */
  public static Optional<String> in(List<Event> story) {
    for (Event event : story.reversed()) {
      switch (event.kind()) {
        case KIND -> {
          return Optional.of(event.text());
        }
        case "finished", "reopened" -> {
          return Optional.empty();
        }
        default -> {}
      }
    }
    return Optional.empty();
  }
}

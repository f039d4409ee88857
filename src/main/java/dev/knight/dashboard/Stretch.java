package dev.knight.dashboard;

import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A step on a job's way, from its beginning to that of the next.
 *
 * @param step its word
 * @param began when
 * @param took how long it took; how long it takes already, while it is under way
 * @param isUnderWay whether it is the step that a worker is at
 */
record Stretch(String step, Moment began, String took, boolean isUnderWay) {
  private static final String ENTERED = "Entered ";

  /** After these nobody works, until a step is entered again. */
  private static final Set<String> ENDS =
      Set.of("finished", "needs-you", "held", "planned", "retry", "stopped", "released");

  /** Nobody reads the steps of many rounds: the story has them. */
  private static final int MOST = 12;

  /** The last steps of {@code job}, oldest first, as {@code story} tells them. */
  static List<Stretch> of(Job job, List<Event> story, Instant now) {
    List<Stretch> way = new ArrayList<>();
    Event open = null;
    for (Event event : story) {
      boolean enters = event.kind().equals("step") && event.text().startsWith(ENTERED);
      if (open != null && (enters || ENDS.contains(event.kind()))) {
        way.add(stretch(open, event.at(), false));
        open = null;
      }
      if (enters) {
        open = event;
      }
    }
    if (open != null) {
      boolean isUnderWay = job.state() instanceof Running;
      way.add(stretch(open, isUnderWay ? now : job.updatedAt(), isUnderWay));
    }
    return List.copyOf(way.subList(Math.max(0, way.size() - MOST), way.size()));
  }

  private static Stretch stretch(Event event, Instant end, boolean isUnderWay) {
    return new Stretch(
        event.text().substring(ENTERED.length()),
        Moment.of(event.at()),
        words(Duration.between(event.at(), end)),
        isUnderWay);
  }

  /** A length of time in at most two units. */
  static String words(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}

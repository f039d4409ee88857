package dev.knight.job;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the network that a job was kept from. It is kept as an event of the job.
 *
 * @param place {@code host:port}
 * @param why a few words
 */
public record RefusedHost(String place, String why) {
  /** The kind of event that tells of one. */
  public static final String EVENT = "network";

  private static final Pattern TOLD = Pattern.compile("(\\S+) refused: (.+)");

  /** The text of the event that tells of it. */
  public String sentence() {
    return place + " refused: " + why;
  }

  /** Those that {@code events} tell of, each once. */
  public static List<RefusedHost> in(List<Event> events) {
    return events.stream()
        .filter(event -> event.kind().equals(EVENT))
        .flatMap(event -> read(event.text()).stream())
        .distinct()
        .toList();
  }

  private static Optional<RefusedHost> read(String text) {
    Matcher told = TOLD.matcher(text);
    return told.matches()
        ? Optional.of(new RefusedHost(told.group(1), told.group(2)))
        : Optional.empty();
  }
}

package dev.knight.job;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a job changes the same lines as an earlier one of its repository, which is still under way.
 *
 * @param other the earlier one
 * @param issue what that one is about
 * @param paths where the two do not go together, as one line for people
 */
public record Clash(JobId other, long issue, String paths) {
  /** The kind of event that tells of one. */
  public static final String EVENT = "clash";

  private static final Pattern TOLD =
      Pattern.compile("Job (\\d{1,18}) for #(\\d{1,18}) changes the same lines: (.+)");

  /** The text of the event that tells of it. */
  public String sentence() {
    return "Job %s for #%d changes the same lines: %s".formatted(other, issue, paths);
  }

  /** Those that {@code events} tell of; of each other job the last. */
  public static List<Clash> in(List<Event> events) {
    List<Clash> told =
        events.stream()
            .filter(event -> event.kind().equals(EVENT))
            .flatMap(event -> read(event.text()).stream())
            .toList();
    return told.stream().filter(one -> isLast(one, told)).distinct().toList();
  }

  private static boolean isLast(Clash one, List<Clash> told) {
    return told.stream()
        .filter(clash -> clash.other().equals(one.other()))
        .reduce((_, later) -> later)
        .filter(one::equals)
        .isPresent();
  }

  private static Optional<Clash> read(String text) {
    Matcher told = TOLD.matcher(text);
    return told.matches()
        ? Optional.of(
            new Clash(
                new JobId(Long.parseLong(told.group(1))),
                Long.parseLong(told.group(2)),
                told.group(3)))
        : Optional.empty();
  }
}

package dev.knight.api;

import dev.knight.job.Convention;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * A convention of a repository.
 *
 * @param id its number
 * @param stage {@code candidate}, {@code confirmed} or {@code dropped}
 * @param rule one sentence
 * @param by whose correction it comes from
 * @param source the comment with that correction
 * @param commit the commit that served it; empty if none did
 * @param usedAt when a job last went by it
 * @param note who confirmed or dropped it, or why
 */
public record ConventionView(
    long id,
    String repository,
    String stage,
    String rule,
    String by,
    URI source,
    String commit,
    Instant learntAt,
    Instant usedAt,
    String note) {
  /** The view of {@code one}. */
  public static ConventionView of(Convention one) {
    return new ConventionView(
        one.id(),
        one.repository().toString(),
        one.stage().name().toLowerCase(Locale.ROOT),
        one.rule(),
        one.by().login(),
        one.source(),
        one.commit().orElse(""),
        one.learntAt(),
        one.usedAt(),
        one.note());
  }
}

package dev.knight.api;

import dev.knight.job.Effect;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A write to GitHub.
 *
 * @param kind what is written: {@code reaction}, {@code status-comment}, {@code push}, {@code
 *     review}, {@code pull-request}, {@code labels}, {@code reviewers}, {@code rerun}
 * @param key what tells it from the job's others of that kind
 * @param name what tells people which one it is; empty where nothing does
 * @param state {@code intent}, {@code unknown}, {@code done} or {@code given-up}
 * @param externalId GitHub's name for what was made
 * @param link the page that shows it
 * @param plannedAt when it was first planned
 */
public record EffectView(
    String kind,
    String key,
    String name,
    String state,
    Optional<String> externalId,
    Optional<URI> link,
    Instant plannedAt) {
  /** The view of {@code effect}. */
  public static EffectView of(Effect effect) {
    return new EffectView(
        word(effect.kind()),
        effect.key(),
        effect.name(),
        word(effect.state()),
        effect.externalId(),
        effect.link(),
        effect.plannedAt());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

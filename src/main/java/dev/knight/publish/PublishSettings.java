package dev.knight.publish;

import java.time.Duration;

/**
 * How publishing goes about it.
 *
 * @param readLag how long GitHub's lists may lack what was written: until then nothing is made
 *     again of which nobody knows whether it was made
 * @param confined whether the agent runs in a sandbox; if not, everything that people see says so
 */
public record PublishSettings(Duration readLag, boolean confined) {
  /** More than GitHub's lists were ever seen to be behind. */
  private static final Duration USUAL_LAG = Duration.ofSeconds(15);

  /** What fits GitHub, for an agent in a sandbox. */
  public static PublishSettings standard() {
    return new PublishSettings(USUAL_LAG, true);
  }

  /** The same for an agent that is, or is not, {@code confined}. */
  public PublishSettings confined(boolean confined) {
    return new PublishSettings(readLag, confined);
  }

  /** What people are warned of, as a paragraph of its own; mostly nothing. */
  String warning() {
    return confined ? "" : "\n\nThe agent ran without a sandbox.";
  }
}

package dev.knight.publish;

import java.time.Duration;

/**
 * How patient publishing is.
 *
 * @param readLag how long GitHub's lists may lack what was written: until then nothing is made
 *     again of which nobody knows whether it was made
 */
public record PublishSettings(Duration readLag) {
  /** More than GitHub's lists were ever seen to be behind. */
  private static final Duration USUAL_LAG = Duration.ofSeconds(15);

  /** What fits GitHub. */
  public static PublishSettings standard() {
    return new PublishSettings(USUAL_LAG);
  }
}

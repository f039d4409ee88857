package dev.knight.ci;

import dev.knight.github.Conclusion;
import java.util.OptionalLong;

/**
 * A check of a pull request's head, whoever runs it.
 *
 * @param app who runs it; empty for a commit status
 * @param name its name
 * @param conclusion how it stands
 * @param said what it says of itself
 * @param run the check run, which is a job where Actions run it; empty where there is none
 */
record HeadCheck(String app, String name, Conclusion conclusion, String said, OptionalLong run) {

  /** Whether {@code other} is the same check, of whatever commit. */
  boolean isSame(HeadCheck other) {
    return app.equals(other.app) && name.equals(other.name);
  }

  boolean isPending() {
    return conclusion == Conclusion.PENDING;
  }

  boolean isRed() {
    return !isPending() && !conclusion.isFine();
  }
}

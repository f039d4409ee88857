package dev.knight.sandbox;

import dev.knight.job.MisconfiguredException;

/**
 * Why no jail can be made here.
 *
 * @param reason a sentence without its full stop
 * @param mend what to do, as a sentence without its full stop
 */
record Trouble(String reason, String mend) {
  /** Tells it to the operator. */
  MisconfiguredException told() {
    return new MisconfiguredException(reason + ": " + mend);
  }
}

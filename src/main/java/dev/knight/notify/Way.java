package dev.knight.notify;

/** A way to people. */
interface Way {
  /** Its name in the log, without anything that is secret in its address. */
  String name();

  /** What the store calls it: the same as long as it is the same way. */
  String key();

  /**
   * Carries {@code notice} to its end; takes less than a minute.
   *
   * @throws dev.knight.job.RefusedException if this notice is not taken, now or later
   * @throws dev.knight.job.UnavailableException if it cannot be carried now
   * @throws dev.knight.job.MisconfiguredException if the owner has to mend the way first
   */
  void carry(Notice notice);
}

package dev.knight.egress;

import java.util.function.LongPredicate;

/** Counts what goes one way through one connection. */
final class Meter {
  private final long most;
  private final LongPredicate job;
  private long passed;

  /**
   * A meter of one thread.
   *
   * @param most bytes that may pass here
   * @param job counts for the job too, and says whether that has had enough
   */
  Meter(long most, LongPredicate job) {
    this.most = most;
    this.job = job;
  }

  /** Whether {@code bytes} more may pass; they count either way. */
  boolean takes(int bytes) {
    passed += bytes;
    return job.test(bytes) && passed <= most;
  }
}

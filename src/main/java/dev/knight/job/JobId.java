package dev.knight.job;

/**
 * The number that {@code knight jobs} prints; at least 1. It names directories, so it is never
 * text.
 */
public record JobId(long value) implements Comparable<JobId> {
  public JobId {
    if (value < 1) {
      throw new IllegalArgumentException("A job's number is at least 1, not " + value);
    }
  }

  @Override
  public int compareTo(JobId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

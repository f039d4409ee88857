package dev.knight.job;

/**
 * The requester must act: what they asked for cannot be done as it stands. Told in the thread;
 * never retried.
 */
public final class RefusedException extends RuntimeException {
  /** {@code message} is one sentence for the requester. */
  public RefusedException(String message) {
    super(message);
  }

  /** {@code message} is one sentence for the requester; {@code cause} is for the log. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}

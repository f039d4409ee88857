package dev.knight.job;

import java.time.Instant;
import java.util.Optional;

/**
 * Nobody must act: something that passes by itself. Tried again, at the time that the other side
 * named if it did.
 */
public final class UnavailableException extends RuntimeException {
  private final transient Optional<Instant> retryAt;

  /** {@code message} is one sentence for the requester. */
  public UnavailableException(String message, Throwable cause) {
    this(message, Optional.empty(), cause);
  }

  /** The other side named a time. */
  public UnavailableException(String message, Optional<Instant> retryAt, Throwable cause) {
    super(message, cause);
    this.retryAt = retryAt;
  }

  /** There is no cause but the answer itself. */
  public UnavailableException(String message, Optional<Instant> retryAt) {
    super(message);
    this.retryAt = retryAt;
  }

  /** When the other side said to come again. */
  public Optional<Instant> retryAt() {
    return retryAt;
  }
}

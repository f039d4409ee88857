package dev.knight.job;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody must act: something that passes by itself. Tried again, at the time that the other side
 * named if it did.
 */
public final class UnavailableException extends RuntimeException {
  private final transient Optional<Side> side;
  private final transient Optional<Instant> retryAt;

  /** {@code message} is one sentence for the requester. */
  public UnavailableException(String message, Throwable cause) {
    this(message, Optional.empty(), cause);
  }

  /** The other side named a time. */
  public UnavailableException(String message, Optional<Instant> retryAt, Throwable cause) {
    super(message, cause);
    this.side = Optional.empty();
    this.retryAt = retryAt;
  }

  /** There is no cause but the answer itself. */
  public UnavailableException(String message, Optional<Instant> retryAt) {
    super(message);
    this.side = Optional.empty();
    this.retryAt = retryAt;
  }

  /** {@code side} is away, for every job; {@code cause} is for the log, if there is one. */
  public UnavailableException(
      Side side, String message, Optional<Instant> retryAt, @Nullable Throwable cause) {
    super(message, cause);
    this.side = Optional.of(side);
    this.retryAt = retryAt;
  }

  /** The side that is away for every job, if it is not a matter of this one alone. */
  public Optional<Side> side() {
    return side;
  }

  /** When the other side said to come again. */
  public Optional<Instant> retryAt() {
    return retryAt;
  }
}

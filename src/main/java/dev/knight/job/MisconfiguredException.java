package dev.knight.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator must act: a token, a key, a path or a permission is wrong. The service says so. */
public final class MisconfiguredException extends RuntimeException {
  private final transient Optional<Side> side;

  /** {@code message} is one sentence for the operator: what is wrong and what to do. */
  public MisconfiguredException(String message) {
    super(message);
    this.side = Optional.empty();
  }

  /** {@code message} is one sentence for the operator; {@code cause} is for the log. */
  public MisconfiguredException(String message, Throwable cause) {
    super(message, cause);
    this.side = Optional.empty();
  }

  /** {@code side} turns knight away, whatever it asks; {@code cause} is for the log, if any. */
  public MisconfiguredException(Side side, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.side = Optional.of(side);
  }

  /** The side that turns knight away for every job, if it is not a matter of this one alone. */
  public Optional<Side> side() {
    return side;
  }
}

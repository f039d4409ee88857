package dev.knight.job;

/** The operator must act: a token, a key, a path or a permission is wrong. The service says so. */
public final class MisconfiguredException extends RuntimeException {
  /** {@code message} is one sentence for the operator: what is wrong and what to do. */
  public MisconfiguredException(String message) {
    super(message);
  }

  /** {@code message} is one sentence for the operator; {@code cause} is for the log. */
  public MisconfiguredException(String message, Throwable cause) {
    super(message, cause);
  }
}

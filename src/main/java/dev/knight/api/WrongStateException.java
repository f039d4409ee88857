package dev.knight.api;

/** The job is in a state in which what was asked means nothing. */
public final class WrongStateException extends RuntimeException {
  /** {@code message} is one sentence for the person who asked. */
  public WrongStateException(String message) {
    super(message);
  }

  /** {@code message} is one sentence for the person who asked; {@code cause} is for the log. */
  public WrongStateException(String message, Throwable cause) {
    super(message, cause);
  }
}

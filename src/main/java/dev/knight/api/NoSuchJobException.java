package dev.knight.api;

/** There is no job with that number. */
public final class NoSuchJobException extends RuntimeException {
  /** {@code message} is one sentence for the person who asked. */
  public NoSuchJobException(String message) {
    super(message);
  }

  /** Names the number. */
  public static NoSuchJobException of(long job) {
    return new NoSuchJobException("There is no job %d; knight jobs lists them".formatted(job));
  }
}

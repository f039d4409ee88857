package dev.knight.attempt;

/** The agent was stopped because the job has used up what it may. It is not tried again. */
final class LimitReachedException extends RuntimeException {
  /** {@code message} says which limit, in one sentence for the requester. */
  LimitReachedException(String message) {
    super(message);
  }
}

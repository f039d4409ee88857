package dev.knight.job;

/** A verb was asked of a job in a state that has no such arrow. */
public final class IllegalTransitionException extends RuntimeException {
  IllegalTransitionException(JobId id, JobState state, String verb) {
    super("Job %s is %s: it cannot %s".formatted(id, state.word(), verb));
  }
}

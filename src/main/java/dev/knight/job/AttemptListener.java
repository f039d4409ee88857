package dev.knight.job;

import java.util.List;

/**
 * Is told how attempts go, by the worker that has them: to count it, or to trace it. Nothing
 * depends on it, so it must be quick and must not fail. What an attempt meets comes on the
 * attempt's own thread, but for {@link #told}.
 */
public interface AttemptListener {
  /** Hears nothing. */
  AttemptListener NONE = new AttemptListener() {};

  /** All of {@code listeners}, in their order. */
  static AttemptListener all(List<AttemptListener> listeners) {
    List<AttemptListener> each = List.copyOf(listeners);
    return new AttemptListener() {
      @Override
      public void recovered(Job job) {
        each.forEach(it -> it.recovered(job));
      }

      @Override
      public void began(Job job) {
        each.forEach(it -> it.began(job));
      }

      @Override
      public void entered(Job job, Step step) {
        each.forEach(it -> it.entered(job, step));
      }

      @Override
      public void told(Job job, String kind) {
        each.forEach(it -> it.told(job, kind));
      }

      @Override
      public void failed(Job job, Failure failure) {
        each.forEach(it -> it.failed(job, failure));
      }

      @Override
      public void ended(Job job, String outcome) {
        each.forEach(it -> it.ended(job, outcome));
      }
    };
  }

  /** The service found {@code job} as an earlier one had left it. */
  default void recovered(Job job) {}

  /** An attempt at {@code job} begins. */
  default void began(Job job) {}

  /** It has entered {@code step}. */
  default void entered(Job job, Step step) {}

  /** A line of that kind was added to the story of {@code job}; on any thread. */
  default void told(Job job, String kind) {}

  /** It failed so. */
  default void failed(Job job, Failure failure) {}

  /**
   * It is over.
   *
   * @param outcome a word out of few: that of the state which the job is in now, {@code
   *     called-off}, or {@code handed-back}
   */
  default void ended(Job job, String outcome) {}
}

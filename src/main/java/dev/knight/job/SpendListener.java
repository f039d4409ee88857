package dev.knight.job;

import java.math.BigDecimal;
import java.util.List;

/**
 * Is told what the models are asked. Nothing depends on it, so it must be quick and must not fail;
 * any thread may call.
 */
public interface SpendListener {
  /** All of {@code listeners}, in their order. */
  static SpendListener all(List<SpendListener> listeners) {
    List<SpendListener> each = List.copyOf(listeners);
    return new SpendListener() {
      @Override
      public void known(JobId job, String model, Spent total) {
        each.forEach(it -> it.known(job, model, total));
      }

      @Override
      public void used(JobId job, String model, Use use, Spent total) {
        each.forEach(it -> it.used(job, model, use, total));
      }
    };
  }

  /** What {@code job} had used of {@code model} in all, as its account says when it is opened. */
  default void known(JobId job, String model, Spent total) {}

  /**
   * An answer has ended.
   *
   * @param use what it used; nothing if there was none that anybody pays for
   * @param total what the job has used of that model in all
   */
  void used(JobId job, String model, Use use, Spent total);

  /**
   * What one answer used.
   *
   * @param usd in US dollars; zero where no price is known
   */
  record Use(Tokens tokens, BigDecimal usd) {}
}

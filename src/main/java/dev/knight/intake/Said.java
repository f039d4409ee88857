package dev.knight.intake;

import dev.knight.job.Order;
import java.util.Optional;

/**
 * What a text that addresses knight wants.
 *
 * @param order the order, or {@link Order#DO} for a request in free words
 * @param unknown the word that was meant as an order and is none: then help is the answer
 */
record Said(Order order, Optional<String> unknown) {
  /** A request in free words. */
  static final Said FREE = new Said(Order.DO, Optional.empty());

  static Said of(Order order) {
    return new Said(order, Optional.empty());
  }

  static Said unknown(String word) {
    return new Said(Order.HELP, Optional.of(word));
  }
}

package dev.knight.bench;

import java.util.List;

/**
 * One figure over the rounds.
 *
 * @param values from the least to the greatest
 */
record Spread(List<Double> values) {
  boolean isEmpty() {
    return values.isEmpty();
  }

  double least() {
    return values.getFirst();
  }

  double most() {
    return values.getLast();
  }

  double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** The least value that {@code share} of all do not exceed. */
  double quantile(double share) {
    return values.get(Math.min(values.size() - 1, (int) (share * values.size())));
  }
}

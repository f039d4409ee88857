package dev.knight;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/** The prices that the owner set. */
final class Prices {
  private Prices() {}

  /**
   * What {@code price} says, if it says anything.
   *
   * @param name of the setting, after {@code knight.model.}
   * @throws MisconfiguredException when a part that is needed is missing, or cannot be
   */
  static Optional<Price> of(KnightConfig.Price price, String name) {
    boolean isSet =
        Stream.of(price.input(), price.output(), price.cacheRead(), price.cacheWrite())
            .anyMatch(Optional::isPresent);
    if (!isSet) {
      return Optional.empty();
    }
    BigDecimal input = price.input().orElseThrow(() -> missing(name, "input"));
    BigDecimal output = price.output().orElseThrow(() -> missing(name, "output"));
    Price flat =
        Price.flat(
            new Price.Rates(
                input, output, price.cacheRead().orElse(input), price.cacheWrite().orElse(input)));
    if (!flat.isSane()) {
      throw new MisconfiguredException(
          "knight.model.%s is for a million tokens, and no model costs as much".formatted(name));
    }
    return Optional.of(flat);
  }

  private static MisconfiguredException missing(String name, String part) {
    return new MisconfiguredException(
        "Set knight.model.%s.%s too: a price has at least input and output".formatted(name, part));
  }
}

package dev.knight.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What pi's list of models says that one costs. */
final class PriceList {
  private PriceList() {}

  /** What {@code cost}, as pi puts it, comes to; empty if it is no price of a real model. */
  static Optional<Price> price(JsonNode cost) {
    List<Price.Step> steps = new ArrayList<>();
    for (JsonNode tier : cost.path("tiers")) {
      steps.add(new Price.Step(tier.path("inputTokensAbove").asLong(), rates(tier)));
    }
    return Optional.of(new Price(rates(cost), steps)).filter(Price::isSane);
  }

  private static Price.Rates rates(JsonNode rates) {
    return new Price.Rates(
        number(rates, "input"),
        number(rates, "output"),
        number(rates, "cacheRead"),
        number(rates, "cacheWrite"));
  }

  private static BigDecimal number(JsonNode rates, String name) {
    JsonNode number = rates.path(name);
    return number.isNumber() ? number.decimalValue() : BigDecimal.ZERO;
  }
}

package dev.knight.gateway;

import java.math.BigDecimal;
import java.util.Optional;

/** What a job may still ask of its models. Asked before each question, on any thread. */
public interface Allowance {
  /** Why nothing more may be asked, in one sentence; empty while something is left. */
  Optional<String> refusal();

  /** How much is left, in US dollars, or in what is counted where there is no price. */
  BigDecimal left();
}

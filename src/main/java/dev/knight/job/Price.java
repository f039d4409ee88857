package dev.knight.job;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a model costs.
 *
 * @param usual for most questions
 * @param steps what a question costs instead that is longer than a step says; the highest one that
 *     it passes counts
 */
public record Price(Rates usual, List<Step> steps) {
  /** More than ten times what the dearest model of today takes: a slip, or a lie. */
  private static final BigDecimal MOST = new BigDecimal("10000");

  /** Keeps its own copy. */
  public Price {
    steps = List.copyOf(steps);
  }

  /**
   * US dollars for a million tokens.
   *
   * @param input read
   * @param output written
   * @param cacheRead read from the cache
   * @param cacheWrite put into it
   */
  public record Rates(
      BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {

    private BigDecimal of(Tokens tokens) {
      return input
          .multiply(BigDecimal.valueOf(tokens.input()))
          .add(output.multiply(BigDecimal.valueOf(tokens.output())))
          .add(cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead())))
          .add(cacheWrite.multiply(BigDecimal.valueOf(tokens.cacheWrite())))
          .movePointLeft(6);
    }

    /** What is read and written costs something, and nothing costs what no model does. */
    private boolean isSane() {
      return input.signum() > 0
          && output.signum() > 0
          && cacheRead.signum() >= 0
          && cacheWrite.signum() >= 0
          && List.of(input, output, cacheRead, cacheWrite).stream()
              .allMatch(rate -> rate.compareTo(MOST) <= 0);
    }
  }

  /** Other rates for questions of more than {@code above} tokens. */
  public record Step(long above, Rates rates) {}

  /** The same for every question. */
  public static Price flat(Rates rates) {
    return new Price(rates, List.of());
  }

  /** US dollars for one question that used {@code tokens}. */
  public BigDecimal of(Tokens tokens) {
    Rates rates = usual;
    long passed = -1;
    for (Step step : steps) {
      if (tokens.read() > step.above() && step.above() > passed) {
        rates = step.rates();
        passed = step.above();
      }
    }
    return rates.of(tokens);
  }

  /** US dollars that one question can cost at most which has this many tokens in all. */
  public BigDecimal most(long read, long written) {
    BigDecimal dearest =
        of(new Tokens(read, written, 0, 0)).max(of(new Tokens(0, written, 0, read)));
    for (Step step : steps) {
      dearest = dearest.max(step.rates().of(new Tokens(read, written, 0, 0)));
    }
    return dearest;
  }

  /** Whether a model may really cost this. */
  public boolean isSane() {
    return usual.isSane() && steps.stream().allMatch(step -> step.rates().isSane());
  }
}

package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.gateway.Meter;
import dev.knight.job.Spent;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Compares what pi counts of a conversation with what the gateway counts, after each turn. The
 * gateway is right; a difference means that something else used pi's way to the model, or that pi
 * lies, and is told once.
 */
final class Reckoning {
  private static final Logger LOG = Logger.getLogger(Reckoning.class);

  /** Two counts of the same answers differ by less. */
  private static final double TOLERANCE = 0.05;

  /** An answer that one of the two did not hear to its end. */
  private static final long SLACK = 2_000;

  private final String name;
  private final Session session;
  private final Meter meter;
  private final Progress progress;
  private boolean told;

  Reckoning(String name, Session session, Meter meter, Progress progress) {
    this.name = name;
    this.session = session;
    this.meter = meter;
    this.progress = progress;
  }

  /** Looks, once a turn has ended. */
  void check() {
    if (told) {
      return;
    }
    Spent metered = meter.spent(name);
    Optional<String> difference =
        difference(tokens(session.spent()), tokens(metered), tokens(meter.estimated(name)));
    difference.ifPresent(sentence -> {
      told = true;
      LOG.warnf("job=%s conversation=%s %s", progress.job().id(), name, sentence);
      progress.tell("cost", sentence);
    });
  }

  /** What is wrong with the two counts, if something is. */
  static Optional<String> difference(long pi, long metered, long estimated) {
    long slack = SLACK + (long) (metered * TOLERANCE);
    if (pi > metered + slack) {
      return Optional.of(
          "pi counts %,d tokens, and the model gateway only %,d; the gateway's count holds"
              .formatted(pi, metered));
    }
    if (pi < metered - estimated - slack) {
      return Optional.of(
          "The model gateway counts %,d tokens, and pi only %,d: something else asked the model with"
                  .formatted(metered, pi)
              + " pi's token. The gateway's count holds");
    }
    return Optional.empty();
  }

  private static long tokens(Spent spent) {
    return spent.inputTokens() + spent.outputTokens();
  }
}

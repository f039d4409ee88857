package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.job.LeaseLostException;
import dev.knight.job.RefusedException;
import dev.knight.job.Spent;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at what an attempt uses while it works, and acts: at three quarters of the time or the
 * money the agent is told to come to an end, at the whole of either it is stopped, and also when
 * two fifths of the money changed nothing. What happens seldom and may take long is done on a
 * thread of its own, since who looks must not wait.
 */
final class Overseer {
  private static final Logger LOG = Logger.getLogger(Overseer.class);

  /** The agent's journal remembers it, so that a restart does not tell it twice. */
  private static final String WRAP_UP_NAME = "wrap-up";

  private static final String WRAP_UP =
      "You have used three quarters of the time or the money for this task. Come to an end now:"
          + " finish what you are doing, begin nothing new, leave the files so that they can be"
          + " kept, and end with the last message that you were asked for.";

  /** The part of the money that may be spent on nothing that shows. */
  private static final BigDecimal FRUITLESS = new BigDecimal("0.4");

  /** What is kept in the store lags behind by this at most. */
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(10);

  private final Budget budget;
  private final Supplier<String> tree;
  private final Progress progress;
  private final InstantSource clock;
  private final Executor aside;
  private final List<Session> sessions = new ArrayList<>();
  private final Set<Session> warned = new HashSet<>();
  private final AtomicBoolean acting = new AtomicBoolean();
  private Instant written;
  private BigDecimal fruitfulAt;
  private String lastTree;
  private Optional<String> fruitless = Optional.empty();

  /**
   * @param tree reads what the files are now; may throw {@link RefusedException} for files that
   *     knight does not read, or {@link UncheckedIOException} when they change meanwhile
   * @param base what the files were at first
   * @param aside runs what may take long beside the one who looks
   */
  Overseer(
      Budget budget,
      Supplier<String> tree,
      String base,
      Progress progress,
      InstantSource clock,
      Executor aside) {
    this.budget = budget;
    this.tree = tree;
    this.lastTree = base;
    this.progress = progress;
    this.clock = clock;
    this.aside = aside;
    this.written = clock.instant();
    this.fruitfulAt = budget.worth();
    progress.onBeat(this::beat);
  }

  /** Looks after {@code session} too. */
  void watch(Session session) {
    budget.watch(session);
    synchronized (this) {
      sessions.add(session);
    }
    session.watch(_ -> look());
  }

  /** What it looks at. */
  Budget budget() {
    return budget;
  }

  /** Why the agent was, or is to be, stopped. */
  Optional<String> reason() {
    return budget.overdrawn().or(this::fruitless);
  }

  /** Something that was not known before: a check that ends otherwise than the last time. */
  synchronized void fruitful() {
    fruitfulAt = budget.worth();
  }

  private synchronized Optional<String> fruitless() {
    return fruitless;
  }

  /** Once a second, and also while pi is silent. */
  private void beat() {
    Spent spent = budget.spent();
    Instant now = clock.instant();
    if (!now.isBefore(written.plus(BETWEEN_WRITES))) {
      written = now;
      progress.spent(spent);
    }
    look();
  }

  private void look() {
    if (reason().isPresent()) {
      alone(() -> open().forEach(Session::abort));
    } else if (budget.isNearlySpent() && !unwarned().isEmpty()) {
      alone(() -> unwarned().forEach(this::warn));
    } else if (isFruitless()) {
      alone(this::lookAtFiles);
    }
  }

  private void alone(Runnable work) {
    if (acting.compareAndSet(false, true)) {
      aside.execute(() -> {
        try {
          work.run();
        } finally {
          acting.set(false);
        }
      });
    }
  }

  private void warn(Session session) {
    boolean knew = knows(session);
    if (knew || session.steer(wrapUp(), WRAP_UP)) {
      synchronized (this) {
        warned.add(session);
      }
    }
    if (!knew && knows(session)) {
      tell("Three quarters of the time or the budget are used: told the agent to come to an end");
    }
  }

  private boolean knows(Session session) {
    return session.told(wrapUp()) != Session.Told.NOT;
  }

  /** Once for each budget that the job was given. */
  private String wrapUp() {
    return WRAP_UP_NAME + budget.name();
  }

  private void tell(String text) {
    try {
      progress.tell("limit", text);
    } catch (LeaseLostException over) {
      LOG.debugf("%s", over.getMessage()); // the attempt meets this by itself
    }
  }

  private synchronized List<Session> open() {
    return List.copyOf(sessions);
  }

  private synchronized List<Session> unwarned() {
    return sessions.stream().filter(session -> !warned.contains(session)).toList();
  }

  private synchronized boolean isFruitless() {
    BigDecimal since = budget.worth().subtract(fruitfulAt);
    return since.signum() > 0 && since.compareTo(budget.limits().usd().multiply(FRUITLESS)) >= 0;
  }

  private void lookAtFiles() {
    String now = files();
    synchronized (this) {
      if (now.equals(lastTree)) {
        fruitless =
            Optional.of(
                "Two fifths of the budget of $%s changed no file and no check's result."
                    .formatted(budget.limits().usd().toPlainString()));
      } else {
        lastTree = now;
        fruitfulAt = budget.worth();
      }
    }
  }

  /** Files that cannot be read just now are being written. */
  private String files() {
    try {
      return tree.get();
    } catch (RefusedException | UncheckedIOException changing) {
      return "unreadable at " + clock.instant();
    }
  }
}

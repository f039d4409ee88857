package dev.knight;

import dev.knight.job.JobStore;
import dev.knight.systemd.Notifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Tells systemd that the service serves, and from then on that it is not stuck: as long as its
 * loops are ticked and the store answers. A systemd that cannot be told is no reason to end.
 */
@Singleton
final class Watchdog {
  private static final Logger LOG = Logger.getLogger(Watchdog.class);

  private final Notifier systemd;
  private final JobStore store;

  @Inject
  Watchdog(JobStore store) {
    this(store, Notifier.of(System.getenv()));
  }

  Watchdog(JobStore store, Notifier systemd) {
    this.store = store;
    this.systemd = systemd;
  }

  /** The service serves, as {@code line} says. */
  void ready(String line) {
    tell(() -> systemd.ready(line));
  }

  /** Whether anybody waits to be told. */
  boolean isWanted() {
    return systemd.isThere();
  }

  /** The service is not stuck, for its store answers. */
  void alive() {
    store.running();
    tell(systemd::alive);
  }

  /** The service was told to end. */
  void stopping() {
    tell(systemd::stopping);
  }

  private static void tell(Word word) {
    try {
      word.say();
    } catch (IOException deaf) {
      LOG.warnf("systemd could not be told how the service is: %s", deaf.getMessage());
    }
  }

  /** Something that systemd is told. */
  @FunctionalInterface
  private interface Word {
    void say() throws IOException;
  }
}

package dev.knight.store;

import dev.knight.job.MisconfiguredException;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends the service when its store is dead: after a full disk H2 writes nothing more in this
 * process, even when there is room again, but the next process goes on with all that was confirmed.
 */
@Singleton
public final class StoreWatch {
  private final AtomicReference<@Nullable MisconfiguredException> death = new AtomicReference<>();
  private final Runnable end;

  @Inject
  StoreWatch() {
    this(Quarkus::asyncExit);
  }

  /**
   * @param end ends the service
   */
  StoreWatch(Runnable end) {
    this.end = end;
  }

  /** Why the store is dead, if it is. */
  public Optional<MisconfiguredException> death() {
    return Optional.ofNullable(death.get());
  }

  /** The store has failed for good. */
  void died(MisconfiguredException why) {
    if (death.compareAndSet(null, why)) {
      end.run();
    }
  }
}

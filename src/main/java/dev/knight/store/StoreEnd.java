package dev.knight.store;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Closes the store when the service ends by itself, after everybody else has said goodbye. */
@Singleton
final class StoreEnd {
  private final StoreFile file;
  private final StoreWatch watch;

  StoreEnd(StoreFile file, StoreWatch watch) {
    this.file = file;
    this.watch = watch;
  }

  void on(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent end) {
    if (watch.death().isEmpty()) {
      file.closeAtTheEnd();
    }
  }
}

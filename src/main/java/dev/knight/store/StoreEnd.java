package dev.knight.store;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Closes the store when the service ends by itself, after everybody else has said goodbye. */
@Singleton
final class StoreEnd {
  private final StoreFile file;

  StoreEnd(StoreFile file) {
    this.file = file;
  }

  void on(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent end) {
    file.closeAtTheEnd();
  }
}

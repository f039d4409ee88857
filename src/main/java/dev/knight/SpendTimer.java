package dev.knight;

import dev.knight.metrics.SpendBook;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Has what the models cost written down while jobs are at work. */
@Singleton
final class SpendTimer {
  private final SpendBook book;

  SpendTimer(SpendBook book) {
    this.book = book;
  }

  @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void write() {
    book.write();
  }
}

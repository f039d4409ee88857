package dev.knight.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is kept for a while, so that whoever asks often costs nothing. While one asks anew,
 * the others are given what there is.
 */
public final class Kept<T> implements Supplier<T> {
  private final Supplier<T> source;
  private final Duration age;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Answer<T> last;

  /** What was answered, and when. */
  private record Answer<T>(T value, Instant at) {}

  /** Asks {@code source}, and again once its answer is older than {@code age}. */
  public Kept(Supplier<T> source, Duration age, InstantSource clock) {
    this.source = source;
    this.age = age;
    this.clock = clock;
  }

  @Override
  public T get() {
    Answer<T> known = last;
    if (known != null && (isFresh(known) || !asking.tryLock())) {
      return known.value();
    }
    if (known == null) {
      asking.lock();
    }
    try {
      Answer<T> other = last;
      if (other != null && isFresh(other)) {
        return other.value();
      }
      Answer<T> asked = new Answer<>(source.get(), clock.instant());
      last = asked;
      return asked.value();
    } finally {
      asking.unlock();
    }
  }

  private boolean isFresh(Answer<T> answer) {
    Duration old = Duration.between(answer.at(), clock.instant());
    return !old.isNegative() && old.compareTo(age) < 0;
  }
}

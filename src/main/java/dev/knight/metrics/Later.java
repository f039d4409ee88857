package dev.knight.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that takes too long to wait for: whoever asks is given the last one, and an old one is
 * found out anew meanwhile, on another thread, one at a time.
 */
public final class Later<T> implements Supplier<Optional<T>> {
  private final Supplier<T> source;
  private final Duration age;
  private final InstantSource clock;
  private final Executor aside;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Answer<T> last;

  /** What was found out, and when. */
  private record Answer<T>(T value, Instant at) {}

  /**
   * Asks {@code source} on a thread of {@code aside} once what it said is older than {@code age}.
   */
  public Later(Supplier<T> source, Duration age, InstantSource clock, Executor aside) {
    this.source = source;
    this.age = age;
    this.clock = clock;
    this.aside = aside;
  }

  @Override
  public Optional<T> get() {
    Answer<T> known = last;
    boolean isOld = known == null || !clock.instant().isBefore(known.at().plus(age));
    if (isOld && asking.compareAndSet(false, true)) {
      aside.execute(this::ask);
    }
    return Optional.ofNullable(known).map(Answer::value);
  }

  private void ask() {
    try {
      last = new Answer<>(source.get(), clock.instant());
    } finally {
      asking.set(false);
    }
  }
}

package dev.knight.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class TestClock implements InstantSource {
  private volatile Instant now;

  /** Starts at {@code now}. */
  public TestClock(Instant now) {
    this.now = now;
  }

  /** Starts at noon of the day that knight was written. */
  public static TestClock atNoon() {
    return new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it. */
  public void pass(Duration duration) {
    now = now.plus(duration);
  }
}

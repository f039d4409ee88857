package dev.knight.store;

import dev.knight.job.Setbacks;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Setbacks}, laid out in columns. */
@Embeddable
record SetbackColumns(
    int failures,
    int bugs,
    int waits,
    @Column(name = "waiting_since") @Nullable Instant waitingSince,
    int crashes,
    int steps,
    int furthest) {

  static SetbackColumns of(Setbacks setbacks) {
    return new SetbackColumns(
        setbacks.failures(),
        setbacks.bugs(),
        setbacks.waits(),
        setbacks.since().map(Columns::time).orElse(null),
        setbacks.crashes(),
        setbacks.steps(),
        setbacks.furthest());
  }

  Setbacks toSetbacks() {
    return new Setbacks(
        failures, bugs, waits, Optional.ofNullable(waitingSince), crashes, steps, furthest);
  }
}

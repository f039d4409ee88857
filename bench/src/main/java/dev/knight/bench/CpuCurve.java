package dev.knight.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** How much processor time a process and all below it had used, and when. */
final class CpuCurve implements AutoCloseable {
  /** Looking at all processes costs some itself. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final ProcessHandle process;
  private final TreeMap<Instant, Double> used = new TreeMap<>();
  private final Thread watcher = Thread.ofPlatform().daemon().unstarted(this::watch);
  private double lost;
  private volatile boolean closed;

  private CpuCurve(ProcessHandle process) {
    this.process = process;
  }

  /** Looks at {@code process} from now on. */
  static CpuCurve of(ProcessHandle process) {
    CpuCurve curve = new CpuCurve(process);
    curve.look();
    curve.watcher.start();
    return curve;
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      look();
    }
  }

  private void look() {
    double seen = Usage.of(process).cpuMillis();
    synchronized (used) {
      // The time of a process that nobody waited for goes with it.
      double before = used.isEmpty() ? 0 : used.lastEntry().getValue();
      lost += Math.max(0, before - (seen + lost));
      used.put(Instant.now(), seen + lost);
    }
  }

  /** How much it used in between, as if it had been used evenly between two looks. */
  double millis(Instant from, Instant to) {
    return at(to) - at(from);
  }

  private double at(Instant time) {
    synchronized (used) {
      Map.Entry<Instant, Double> before = used.floorEntry(time);
      Map.Entry<Instant, Double> after = used.ceilingEntry(time);
      if (before == null || after == null) {
        return (before == null ? used.firstEntry() : used.lastEntry()).getValue();
      }
      double between = Duration.between(before.getKey(), after.getKey()).toNanos();
      double share = between == 0 ? 0 : Duration.between(before.getKey(), time).toNanos() / between;
      return before.getValue() + share * (after.getValue() - before.getValue());
    }
  }

  /** Looks no more. */
  @Override
  public void close() {
    closed = true;
  }
}

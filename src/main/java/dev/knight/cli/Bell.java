package dev.knight.cli;

import dev.knight.api.NoSuchJobException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Rings when something happens in some job, as long as a service runs that tells of it. */
final class Bell implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Program program;
  private final Semaphore rung = new Semaphore(0);
  private final AtomicReference<Optional<Happenings>> reading =
      new AtomicReference<>(Optional.empty());
  private volatile boolean closed;

  private Bell(Program program) {
    this.program = program;
  }

  /** Listens from now on. */
  static Bell of(Program program) {
    Bell bell = new Bell(program);
    Thread.ofVirtual().name("events").start(bell::listen);
    return bell;
  }

  /** Waits until it has rung since the last time, at most for {@code patience}. */
  void await(Duration patience) throws InterruptedException {
    if (rung.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      rung.drainPermits();
    }
  }

  /** Rings it. */
  void ring() {
    rung.release();
  }

  private void listen() {
    try {
      while (!closed) {
        follow();
        Thread.sleep(BETWEEN_TRIES);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** A service that is away is found again; meanwhile whoever waits looks by itself. */
  private void follow() {
    if (!program.isServing()) {
      return;
    }
    try {
      Optional<DaemonClient> service = DaemonClient.of(program.home());
      if (service.isPresent()) {
        follow(service.get());
      }
    } catch (IOException
        | UncheckedIOException
        | UnavailableException
        | MisconfiguredException
        | NoSuchJobException cut) {
      ring(); // to look at once how it stands, which says what is wrong
    }
  }

  private void follow(DaemonClient service) throws IOException {
    try (Happenings happenings = service.happenings()) {
      reading.set(Optional.of(happenings));
      while (!closed && happenings.next()) {
        ring();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Optional<Happenings> open = reading.get();
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException gone) {
      ring(); // nobody waits any more
    }
  }
}

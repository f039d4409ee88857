package dev.knight.notify;

import dev.knight.api.Notices;
import dev.knight.api.TriedNotice;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Tells people of jobs on every way that their owner wants. */
public final class Notifier implements Notices, AutoCloseable {
  /** A way takes less. */
  private static final long PATIENCE_SECONDS = 30;

  private final List<Way> ways;
  private final List<Courier> couriers;
  private final Redactor redactor;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean closed;

  /**
   * Tells nothing until {@link #runOnce} is called.
   *
   * @param environment of which a command sees what no secret is in
   */
  public Notifier(
      JobStore store,
      NotifySettings settings,
      Map<String, String> environment,
      Redactor redactor,
      InstantSource clock) {
    this.ways =
        Stream.<Optional<? extends Way>>of(
                settings.post().map(post -> new Webhook(post, settings.userAgent(), clock)),
                settings.command().map(program -> new Command(program, environment, redactor)))
            .<Way>flatMap(Optional::stream)
            .toList();
    this.couriers =
        ways.stream().map(way -> new Courier(store, way, settings.on(), redactor, clock)).toList();
    this.redactor = redactor;
    this.clock = clock;
  }

  /** Carries what there is to tell; takes as long as the ways take. */
  public void runOnce() {
    turn.lock();
    try {
      couriers.forEach(courier -> courier.runOnce(() -> closed));
    } finally {
      turn.unlock();
    }
  }

  /** Begins with nothing more, and waits until what is under way has arrived and is noted. */
  @Override
  public void close() {
    closed = true;
    try {
      if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        turn.unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<TriedNotice> tryOut() {
    if (ways.isEmpty()) {
      throw new MisconfiguredException(
          "Nobody is told anything: set knight.notify.url or knight.notify.command");
    }
    Notice sample = Notice.sample(clock.instant());
    return ways.stream().map(way -> tried(way, sample)).toList();
  }

  private TriedNotice tried(Way way, Notice sample) {
    try {
      way.carry(sample);
      return new TriedNotice(way.name(), true, "A test was sent by " + way.name());
    } catch (RefusedException | UnavailableException | MisconfiguredException failed) {
      return new TriedNotice(
          way.name(), false, PlainText.line(redactor.text(String.valueOf(failed.getMessage()))));
    }
  }
}

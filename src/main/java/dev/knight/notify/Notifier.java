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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Tells people of jobs on every way that their owner wants. */
public final class Notifier implements Notices, AutoCloseable {
  private final List<Way> ways;
  private final List<Courier> couriers;
  private final Redactor redactor;
  private final InstantSource clock;
  private volatile boolean closed;

  /**
   * Tells nothing until one of {@link #rounds} is run.
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

  /** One round for each way. No way waits for another. */
  public List<Round> rounds() {
    return couriers.stream().map(courier -> new Round(courier, () -> closed)).toList();
  }

  /** What is done again and again for one way. */
  public static final class Round {
    private final Courier courier;
    private final BooleanSupplier closed;

    private Round(Courier courier, BooleanSupplier closed) {
      this.courier = courier;
      this.closed = closed;
    }

    /** Whether there may be something to tell. Waits for nobody, and costs nothing. */
    public boolean isDue() {
      return courier.isDue();
    }

    /** Carries what there is to tell, and takes as long as the way takes. */
    public void runOnce() {
      courier.runOnce(closed);
    }
  }

  /** Begins with nothing more; what is under way arrives and is noted before its round is over. */
  @Override
  public void close() {
    closed = true;
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

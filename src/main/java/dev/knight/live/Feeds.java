package dev.knight.live;

import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Lets people look on while a job is worked on. */
@Singleton
public final class Feeds {
  /** A bridge lets 32 in, and its own session has to be among them. */
  private static final int MOST = 16;

  private final JobStore store;
  private final KnightHome home;
  private final Redactor redactor;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MOST);

  Feeds(JobStore store, KnightHome home, Redactor redactor, InstantSource clock) {
    this.store = store;
    this.home = home;
    this.redactor = redactor;
    this.clock = clock;
  }

  /** Takes the lines of a job, one at a time; may take its time. */
  public interface Listener {
    /**
     * Takes {@code line}.
     *
     * @throws IOException when nobody is there any more
     */
    void tell(LiveLine line) throws IOException;
  }

  /**
   * Tells {@code listener} what happens in {@code job} after {@code position}, until the job is
   * over: its last line is {@link LiveLine.Kind#END}. Who has seen nothing is told the end of what
   * was before.
   *
   * @throws IOException when nobody listens any more
   * @throws dev.knight.api.NoSuchJobException when there is no such job
   * @throws UnavailableException when too many people look on already
   */
  public void follow(JobId job, LivePosition position, Listener listener)
      throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new UnavailableException(
          "Too many people look on already; try again later", Optional.empty());
    }
    try (Feed feed = new Feed(job, position, store, home, redactor, clock)) {
      feed.follow(listener::tell);
    } finally {
      places.release();
    }
  }
}

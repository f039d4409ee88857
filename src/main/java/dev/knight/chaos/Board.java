package dev.knight.chaos;

import dev.knight.api.EventView;
import dev.knight.api.JobView;
import dev.knight.cli.DaemonClient;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the service says of its jobs, looked at all the time; the last that is known of them. */
final class Board implements AutoCloseable {
  /** The API's own bound. */
  private static final int MOST_JOBS = 500;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(80);

  private final KnightHome home;
  private final BiConsumer<JobView, Optional<JobView>> listener;
  private final Map<Long, JobView> jobs = new HashMap<>();
  private final Thread thread;
  private Optional<DaemonClient> client = Optional.empty();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile boolean closed;

  /**
   * Looks from now on.
   *
   * @param listener told of each job that has changed, with what it was before
   */
  Board(KnightHome home, BiConsumer<JobView, Optional<JobView>> listener) {
    this.home = home;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("board").start(this::look);
  }

  /** The jobs, oldest first. */
  synchronized List<JobView> jobs() {
    failure.ifPresent(bug -> {
      throw new IllegalStateException("Nobody looks at the jobs any more", bug);
    });
    return jobs.values().stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
  }

  /** The jobs that a worker has. */
  List<JobView> running() {
    return jobs().stream().filter(job -> job.state().equals("running")).toList();
  }

  /** The first event of {@code job} from {@code since} on whose text has this in it. */
  Optional<Instant> first(long job, Instant since, String text) {
    return client()
        .flatMap(client -> {
          try {
            return client.show(job).events().stream()
                .filter(event -> event.at().isAfter(since))
                .filter(event -> event.text().contains(text))
                .map(EventView::at)
                .findFirst();
          } catch (UnavailableException | UncheckedIOException _) {
            return Optional.empty(); // it is not up, or not any more
          }
        });
  }

  private void look() {
    while (!closed && failure.isEmpty()) {
      try {
        client().ifPresent(this::look);
        Thread.sleep(BETWEEN_LOOKS);
      } catch (UnavailableException | UncheckedIOException | MisconfiguredException _) {
        pause(); // the service is dead just now, or in the middle of its start
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException bug) {
        failure = Optional.of(bug);
      }
    }
  }

  private void look(DaemonClient client) {
    for (JobView job : client.jobs(MOST_JOBS)) {
      Optional<JobView> before = put(job);
      if (!before.equals(Optional.of(job))) {
        listener.accept(job, before);
      }
    }
  }

  private synchronized Optional<JobView> put(JobView job) {
    return Optional.ofNullable(jobs.put(job.id(), job));
  }

  /** Every service of this home has the same address and token. */
  private synchronized Optional<DaemonClient> client() {
    if (client.isEmpty()) {
      client = DaemonClient.of(home);
    }
    return client;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

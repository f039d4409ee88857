package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.git.Merge;
import dev.knight.git.Mirror;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Clash;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Notices early that two jobs of one repository change the same lines: what both have made so far
 * is put together in memory, now and then. The later one is told, and so are its people.
 */
final class Radar {
  private static final Logger LOG = Logger.getLogger(Radar.class);

  /** Reading a worktree costs as much as a check of it; nothing is lost if it is noticed later. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

  /** A list of more is no help. */
  private static final int MOST_PATHS = 5;

  private final JobStore store;
  private final InstantSource clock;
  private final Executor aside;
  private final Map<JobId, Seen> seen = new ConcurrentHashMap<>();

  /** {@code aside} runs a look beside the one who beats. */
  Radar(JobStore store, InstantSource clock, Executor aside) {
    this.store = store;
    this.clock = clock;
    this.aside = aside;
  }

  /** What a job has made so far. */
  private record Seen(RepositoryName repository, long issue, Commit base, String tree) {}

  /**
   * Looks on each beat, until it is closed.
   *
   * @param agent is told which files, and a key for that
   */
  Sweep sweep(Workplace place, BiConsumer<String, String> agent, Progress progress) {
    Sweep sweep = new Sweep(place, agent, progress);
    progress.onBeat(sweep::beat);
    return sweep;
  }

  /** The looks of one job. */
  final class Sweep implements AutoCloseable {
    private final Workplace place;
    private final BiConsumer<String, String> agent;
    private final Progress progress;
    private final JobId job;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<Clash> told = new HashSet<>();
    private volatile Instant due;
    private volatile boolean closed;

    private Sweep(Workplace place, BiConsumer<String, String> agent, Progress progress) {
      this.place = place;
      this.agent = agent;
      this.progress = progress;
      this.job = progress.job().id();
      this.due = clock.instant();
    }

    private void beat() {
      if (!closed && !clock.instant().isBefore(due) && looking.compareAndSet(false, true)) {
        due = clock.instant().plus(BETWEEN_LOOKS);
        aside.execute(() -> {
          try {
            look();
          } finally {
            looking.set(false);
          }
        });
      }
    }

    private void look() {
      try {
        Commit base = place.worktree().base();
        String tree = place.worktree().snapshot().tree();
        Seen own =
            new Seen(
                progress.job().subject().repository(),
                progress.job().subject().number(),
                base,
                tree);
        seen.put(job, own);
        if (closed) {
          seen.remove(job); // it ended while its files were read
          return;
        }
        seen.entrySet().stream()
            .filter(other -> other.getKey().compareTo(job) < 0)
            .filter(other -> other.getValue().repository().equals(own.repository()))
            .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .forEach(other -> compare(other.getKey(), other.getValue(), own));
      } catch (RefusedException | UncheckedIOException changing) {
        LOG.debugf("job=%s Cannot be compared just now: %s", job, changing.getMessage());
      } catch (LeaseLostException over) {
        LOG.debugf("%s", over.getMessage()); // the attempt meets this by itself
      }
    }

    private void compare(JobId other, Seen theirs, Seen own) {
      Mirror mirror = place.mirror();
      Optional<Commit> fork =
          theirs.base().equals(own.base())
              ? Optional.of(own.base())
              : mirror.fork(theirs.base(), own.base());
      Optional<Merge> merge =
          fork.map(base -> mirror.merge(mirror.tree(base), theirs.tree(), own.tree()));
      merge.filter(it -> !it.isClean()).ifPresent(it -> tell(clash(other, theirs, it)));
    }

    private static Clash clash(JobId other, Seen theirs, Merge merge) {
      List<String> paths = merge.conflicts();
      String first =
          paths.stream()
              .limit(MOST_PATHS)
              .map(path -> PlainText.line(path).strip())
              .collect(Collectors.joining(", "));
      String more =
          paths.size() > MOST_PATHS ? " and %d more".formatted(paths.size() - MOST_PATHS) : "";
      return new Clash(other, theirs.issue(), first + more);
    }

    /** Once, also after a restart: the story remembers it. */
    private void tell(Clash clash) {
      // Names that the store keeps otherwise, since they are long or odd, would be told for ever.
      if (told.add(clash) && !Clash.in(store.events(job, 0)).contains(clash)) {
        progress.tell(Clash.EVENT, clash.sentence());
        agent.accept("clash " + clash.other(), clash.paths());
      }
    }

    /** Nobody is compared with it any more. */
    @Override
    public void close() {
      closed = true;
      seen.remove(job);
    }
  }
}

package dev.knight.upkeep;

import dev.knight.bridge.BridgeLock;
import dev.knight.git.MirrorUpkeep;
import dev.knight.git.Mirrors;
import dev.knight.git.Removal;
import dev.knight.home.HomeSurvey;
import dev.knight.home.JobFiles;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.RepositoryName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Removes what ended jobs left behind once it is old, or too much, and tidies the mirrors. Never a
 * file of a job that is not over, nor one whose name it does not know, nor work that lies nowhere
 * else.
 */
@Singleton
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Upkeep.class);

  /** Whoever stopped a job late is done with its files by then. */
  private static final Duration REST = Duration.ofHours(1);

  /** The next run goes on. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private static final Duration BETWEEN_COLLECTIONS = Duration.ofDays(1);

  private final KnightHome home;
  private final JobStore store;
  private final Mirrors mirrors;
  private final UpkeepSettings settings;
  private final InstantSource clock;
  private final Eraser eraser;
  private final Safekeeping safekeeping;
  private final Map<Ended, Long> sizes = new HashMap<>();
  private final Map<RepositoryName, Instant> collected = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private volatile boolean closed;

  /** Removes a file or a directory with all that it holds. */
  interface Eraser {
    void erase(Path path) throws IOException;
  }

  /** Does nothing until {@link #runOnce} is called. */
  @Inject
  public Upkeep(
      KnightHome home,
      JobStore store,
      Mirrors mirrors,
      UpkeepSettings settings,
      InstantSource clock) {
    this(home, store, mirrors, settings, clock, Removal::of);
  }

  Upkeep(
      KnightHome home,
      JobStore store,
      Mirrors mirrors,
      UpkeepSettings settings,
      InstantSource clock,
      Eraser eraser) {
    this.home = home;
    this.store = store;
    this.mirrors = mirrors;
    this.settings = settings;
    this.clock = clock;
    this.eraser = eraser;
    this.safekeeping = new Safekeeping(home, store, mirrors);
  }

  /** Looks once, and does what is due. What cannot be done is told, and tried again next time. */
  public synchronized void runOnce() {
    try {
      HomeSurvey survey = HomeSurvey.of(home);
      survey
          .unknown()
          .forEach(path -> tellOnce("Left alone, since knight gives nothing such a name: " + path));
      Instant end = clock.instant().plus(LONGEST_RUN);
      List<Ended> left = expire(ended(survey), end);
      shrink(left, end);
      survey.mirrors().forEach(this::removeTemplates);
      tidyMirrors(survey);
    } catch (IOException | RuntimeException failed) {
      LOG.warnf(failed, "The upkeep was not finished; it goes on in an hour");
    }
  }

  /** Begins nothing more; what is under way ends soon, or is finished by the next service. */
  @Override
  public void close() {
    closed = true;
  }

  /** The oldest first. */
  private List<Ended> ended(HomeSurvey survey) {
    return survey.jobs().stream()
        .flatMap(files -> ended(files).stream())
        .sorted(Comparator.comparing(Ended::at).thenComparing(Ended::id))
        .toList();
  }

  private Optional<Ended> ended(JobFiles files) {
    Optional<Job> job = store.find(files.job());
    if (job.isPresent()) {
      return job.filter(Job::isFinished).map(known -> new Ended(files, job, known.updatedAt()));
    }
    return Optional.of(new Ended(files, job, touched(files)));
  }

  /** By names that somebody may have given a time to come. */
  private Instant touched(JobFiles files) {
    Instant last =
        Stream.concat(files.worktrees().stream(), files.others().stream())
            .map(Upkeep::touched)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    Instant now = clock.instant();
    return last.isAfter(now) ? now : last;
  }

  private static Instant touched(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException _) {
      return Instant.EPOCH; // gone since it was listed
    }
  }

  /** Removes what is too old, or half removed; returns the rest. */
  private List<Ended> expire(List<Ended> ended, Instant end) {
    Instant now = clock.instant();
    return ended.stream()
        .filter(one -> {
          boolean old = !one.at().plus(settings.age()).isAfter(now);
          boolean due = isRested(one.at()) && (old || one.files().removing() || isStale(one));
          return !due || isOver(end) || !clear(one, old ? "old" : "half removed");
        })
        .toList();
  }

  /** Whether nothing but a mirror's notes of a worktree is left. */
  private static boolean isStale(Ended ended) {
    return ended.files().worktrees().isEmpty()
        && ended.files().others().isEmpty()
        && !ended.files().mirrors().isEmpty();
  }

  /** Removes what is too much; what is too much by itself goes before the older ones. */
  private void shrink(List<Ended> left, Instant end) {
    sizes.keySet().retainAll(Set.copyOf(left));
    left.forEach(one -> sizes.computeIfAbsent(one, this::size));
    long total = left.stream().mapToLong(this::known).sum();
    List<Ended> order =
        left.stream().sorted(Comparator.comparing(one -> known(one) <= settings.bytes())).toList();
    for (Ended one : order) {
      if (total <= settings.bytes() || isOver(end)) {
        return;
      }
      if (isRested(one.at())) {
        // What has to stay is no reason to remove the others.
        total -= known(one);
        boolean _ = clear(one, "one of too many");
      }
    }
  }

  private long known(Ended one) {
    return sizes.getOrDefault(one, 0L);
  }

  /** What several lie over counts for each: the last of them leaves it alone on the disk. */
  private long size(Ended one) {
    List<Path> below =
        one.repositories().stream()
            .flatMap(repository -> mirrors.upkeep(repository).stream())
            .flatMap(mirror -> mirror.template(one.id()).stream())
            .toList();
    return DiskUsage.of(
        Stream.of(one.files().worktrees(), one.files().others(), below)
            .flatMap(Collection::stream)
            .toList());
  }

  private boolean isOver(Instant end) {
    return closed || !clock.instant().isBefore(end);
  }

  private boolean isRested(Instant at) {
    return !at.plus(REST).isAfter(clock.instant());
  }

  /** Whether all of {@code ended} is gone. */
  private boolean clear(Ended ended, String reason) {
    try {
      if (bridgeLives(ended.files()) || isUsedAgain(ended)) {
        return false;
      }
      Optional<String> obstacle = safekeeping.keep(ended);
      if (obstacle.isPresent()) {
        tellOnce("job=%s Its files stay: %s".formatted(ended.id(), obstacle.get()));
        return false;
      }
      erase(ended);
      LOG.infof(
          "job=%s Its files are removed: %s, %s %s",
          ended.id(),
          reason,
          ended.job().isPresent() ? "ended" : "no job of this store, touched last",
          ended.at());
      return true;
    } catch (IOException | RuntimeException failed) {
      LOG.warnf(failed, "job=%s Its files could not be removed", ended.id());
      return false;
    }
  }

  /** Whether a person has had the job go on since it was found ended. */
  private boolean isUsedAgain(Ended ended) {
    return store.find(ended.id()).filter(job -> !job.isFinished()).isPresent();
  }

  private static boolean bridgeLives(JobFiles files) throws IOException {
    for (Path bridge : files.bridges()) {
      if (BridgeLock.isHeld(bridge)) {
        return true;
      }
    }
    return false;
  }

  /** The mark first and last: what is half removed is never taken for whole. */
  private void erase(Ended ended) throws IOException {
    Path mark = home.removalMark(ended.id());
    home.make(home.run());
    Files.write(mark, new byte[0]);
    Stream.concat(ended.repositories().stream(), ended.files().mirrors().stream())
        .distinct()
        .flatMap(repository -> mirrors.upkeep(repository).stream())
        .forEach(mirror -> mirror.remove(ended.id()));
    for (Path worktree : ended.files().worktrees()) {
      eraser.erase(worktree);
    }
    for (Path other : ended.files().others()) {
      eraser.erase(other);
    }
    Files.delete(mark);
  }

  private void removeTemplates(RepositoryName repository) {
    try {
      mirrors.upkeep(repository).ifPresent(MirrorUpkeep::removeTemplates);
    } catch (RuntimeException failed) {
      LOG.warnf(failed, "The templates of %s could not be removed", repository);
    }
  }

  /** One at a time: a mirror that is packed keeps the machine busy. */
  private void tidyMirrors(HomeSurvey survey) {
    Instant now = clock.instant();
    for (RepositoryName repository : survey.mirrors()) {
      Optional<MirrorUpkeep> mirror = mirrors.upkeep(repository).filter(MirrorUpkeep::isUntidy);
      boolean recent =
          collected.getOrDefault(repository, Instant.MIN).isAfter(now.minus(BETWEEN_COLLECTIONS));
      if (closed || mirror.isEmpty() || recent || !isIdle(repository, survey)) {
        continue;
      }
      collected.put(repository, now);
      Instant unreachable = now.minus(longer(settings.age(), BETWEEN_COLLECTIONS));
      if (mirror.get().collect(() -> isIdle(repository, survey), unreachable, () -> closed)) {
        LOG.infof("The mirror of %s is packed", repository);
      }
      return;
    }
  }

  /** A job that waits for a person counts: its agent may have commits that hang on nothing. */
  private boolean isIdle(RepositoryName repository, HomeSurvey survey) {
    Stream<Job> here = survey.jobs().stream().flatMap(files -> store.find(files.job()).stream());
    return Stream.concat(store.running().stream(), here)
        .filter(job -> job.subject().repository().equals(repository))
        .allMatch(job -> job.isFinished() && isRested(job.updatedAt()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void tellOnce(String sentence) {
    if (told.add(sentence)) {
      LOG.warn(sentence);
    }
  }
}

package dev.knight;

import dev.knight.api.CheckView;
import dev.knight.api.Diff;
import dev.knight.api.DiffView;
import dev.knight.api.DiffView.FileChange;
import dev.knight.api.JobWork;
import dev.knight.attempt.CheckRecord;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Comparison;
import dev.knight.git.FileDiff;
import dev.knight.git.Made;
import dev.knight.git.Mirrors;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobReading;
import dev.knight.job.JobState;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.publish.Check;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Reads what jobs have made from mirrors and worktrees, for one who looks on at a time. */
@Singleton
final class MadeWork implements JobWork {
  /** A longer diff is read in an editor. */
  private static final int MOST = 512 * 1024;

  /** Of a check's output, in characters: its end says what failed. */
  private static final int TAIL = 4_000;

  /** Reading a large worktree is work, and several people may look. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private static final int MOST_KEPT = 8;

  private final JobReading store;
  private final Mirrors mirrors;
  private final CheckRecord checks;
  private final Redactor redactor;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<JobId, Look> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

  MadeWork(
      JobReading store,
      Mirrors mirrors,
      CheckRecord checks,
      Redactor redactor,
      InstantSource clock) {
    this.store = store;
    this.mirrors = mirrors;
    this.checks = checks;
    this.redactor = redactor;
    this.clock = clock;
  }

  private record Look(long version, Instant at, Optional<Diff> diff) {}

  private record Found(String of, Comparison comparison) {}

  @Override
  public Optional<Diff> diff(Job job) {
    lock.lock();
    try {
      Look last = kept.get(job.id());
      if (last == null || last.version() != job.version() || isStale(job, last)) {
        last = new Look(job.version(), clock.instant(), look(job));
        kept.put(job.id(), last);
        if (kept.size() > MOST_KEPT) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
      return last.diff();
    } finally {
      lock.unlock();
    }
  }

  /** Only what an agent may be working on changes without a word to the store. */
  private boolean isStale(Job job, Look last) {
    return !job.isFinished() && !clock.instant().isBefore(last.at().plus(FRESH));
  }

  private Optional<Diff> look(Job job) {
    try {
      return mirrors
          .made(job.subject().repository(), job.id())
          .flatMap(made -> found(job, made))
          .map(this::read);
    } catch (RefusedException unfit) {
      return Optional.of(none(why(job, unfit)));
    } catch (MisconfiguredException | UncheckedIOException unreadable) {
      return Optional.of(none("It cannot be read: " + unreadable.getMessage()));
    }
  }

  private String why(Job job, RefusedException unfit) {
    return job.state() instanceof JobState.Running
        ? "It cannot be shown while the agent works: " + unfit.getMessage()
        : "It cannot be shown: " + unfit.getMessage();
  }

  private Diff none(String why) {
    return new Diff(DiffView.of("worktree", "", List.of(), redactor.text(why)), List.of(), false);
  }

  private Optional<Found> found(Job job, Made made) {
    return switch (job.state()) {
      case JobState.Done _ -> published(job, made).or(() -> worktree(made));
      case JobState.Failed(_, var branch, _) -> kept(branch, made).or(() -> worktree(made));
      case JobState.Stopped(_, var branch) -> kept(branch, made).or(() -> worktree(made));
      case JobState.Answered _, JobState.NoChange _ -> Optional.empty();
      case JobState.NeedsYou _ when job.isHeld() ->
          job.hold()
              .map(Hold::tree)
              .flatMap(made::tree)
              .map(tree -> new Found("held", tree))
              .or(() -> worktree(made));
      case JobState.Queued _, JobState.Running _, JobState.Retrying _, JobState.NeedsYou _ ->
          worktree(made);
    };
  }

  private Optional<Found> published(Job job, Made made) {
    return store.effects(job.id()).reversed().stream()
        .filter(effect -> effect.kind() == Effect.Kind.PUSH && effect.state() == Effect.State.DONE)
        .flatMap(effect -> effect.externalId().stream())
        .flatMap(commit -> made.commit(new Commit(commit)).stream())
        .findFirst()
        .map(commit -> new Found("published", commit));
  }

  private static Optional<Found> kept(Optional<String> branch, Made made) {
    return branch
        .flatMap(name -> made.branch(new BranchName(name)))
        .map(commit -> new Found("kept", commit));
  }

  private static Optional<Found> worktree(Made made) {
    return made.files().map(files -> new Found("worktree", files));
  }

  private Diff read(Found found) {
    List<FileDiff> files = found.comparison().files(MOST, redactor::text);
    boolean isCut = files.stream().anyMatch(FileDiff::isCut);
    DiffView view =
        DiffView.of(
            found.of(),
            found.comparison().base().id(),
            files.stream().map(MadeWork::view).toList(),
            isCut ? "The diff is longer than knight shows; some of it is cut." : "");
    return new Diff(view, files.stream().map(FileDiff::text).toList(), isCut);
  }

  private static FileChange view(FileDiff file) {
    return new FileChange(
        file.change().path(),
        file.change().kind().name().toLowerCase(Locale.ROOT),
        file.added(),
        file.deleted(),
        !file.isText());
  }

  @Override
  public List<CheckView> checks(JobId job) {
    return checks.last(job).stream().map(this::view).toList();
  }

  /** Of a whole output: what is cut hides a secret. */
  private CheckView view(Check check) {
    String output = redactor.text(check.output()).stripTrailing();
    return new CheckView(
        redactor.text(check.command()),
        check.passed(),
        check.result(),
        check.took().toMillis() / 1000.0,
        output.length() <= TAIL ? output : "…" + output.substring(output.length() - TAIL));
  }
}

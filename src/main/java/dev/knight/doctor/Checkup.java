package dev.knight.doctor;

import static java.util.Objects.requireNonNull;

import dev.knight.job.MisconfiguredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs checks side by side, and tells what they found in their own order. */
public final class Checkup {
  /** Longer than a jail that is probed on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** GitHub does not like more from one account, and neither does a small machine. */
  private static final int AT_A_TIME = 8;

  private final Duration patience;

  /** With the usual patience for each check. */
  public Checkup() {
    this(PATIENCE);
  }

  Checkup(Duration patience) {
    this.patience = patience;
  }

  /**
   * Runs {@code checks}. One that fails or does not come to its end is a result, too.
   *
   * @param progress is told the title of the check that is waited for
   * @param told is told each result as soon as all before it are known
   */
  public List<Result> run(List<Check> checks, Consumer<String> progress, Consumer<Result> told) {
    Semaphore room = new Semaphore(AT_A_TIME);
    List<FutureTask<List<Result>>> looks = new ArrayList<>();
    for (Check check : checks) {
      FutureTask<List<Result>> look = new FutureTask<>(() -> admitted(check, room));
      Thread.ofVirtual().name("check " + check.id()).start(look);
      looks.add(look);
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      progress.accept(checks.get(i).title());
      List<Result> found = found(checks.get(i), looks.get(i));
      found.forEach(told);
      results.addAll(found);
    }
    return List.copyOf(results);
  }

  private static List<Result> admitted(Check check, Semaphore room) throws Exception {
    room.acquire();
    try {
      return check.look();
    } finally {
      room.release();
    }
  }

  private List<Result> found(Check check, FutureTask<List<Result>> look) {
    try {
      return look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      return List.of(failure(check, requireNonNull(failed.getCause())));
    } catch (TimeoutException tooLong) {
      look.cancel(true);
      return List.of(
          Result.bad(
              check.id(),
              check.title(),
              "this look did not come to its end within %d s".formatted(patience.toSeconds()),
              "run knight doctor again when this machine is less busy"));
    } catch (InterruptedException ended) {
      look.cancel(true);
      Thread.currentThread().interrupt();
      return List.of(Result.skipped(check.id(), check.title(), "interrupted"));
    }
  }

  private static Result failure(Check check, Throwable cause) {
    if (cause instanceof MisconfiguredException wrong) {
      return Result.bad(check.id(), check.title(), wrong);
    }
    return Result.bad(
        check.id(),
        check.title(),
        "this look failed (%s: %s)".formatted(cause.getClass().getSimpleName(), cause.getMessage()),
        "report it, with the file that knight doctor --bundle FILE writes");
  }
}

package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import dev.knight.store.StoreFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts the framework once, and waits for its end. */
final class Boot {
  private Boot() {}

  /**
   * Reads {@code args} {@link Inside} of the framework.
   *
   * @param home what the process works on, and holds the lock of
   * @return the exit code
   * @throws RuntimeException why it could not start, of a kind that the command line knows
   */
  static int run(KnightHome home, String... args) {
    FrameworkCache.clear(home);
    AtomicInteger exitCode = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Quarkus.run(
        Inside.class,
        (code, problem) -> {
          exitCode.set(code);
          failure.set(problem);
        },
        args);
    Throwable problem = failure.get();
    if (problem != null) {
      throw classified(problem, home);
    }
    return exitCode.get();
  }

  /** What a part of the service says itself is better than the words of what wraps it. */
  private static RuntimeException classified(Throwable problem, KnightHome home) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case MisconfiguredException known -> {
          return known;
        }
        case UnavailableException known -> {
          return known;
        }
        case QuarkusBindException taken -> {
          return new MisconfiguredException(
              "Cannot listen on %s:%d: another program does, or it is not ours; knight doctor says who, knight.http.port names another port"
                  .formatted(taken.getHost(), taken.getPort()),
              problem);
        }
        default -> {}
      }
    }
    Optional<MisconfiguredException> store = StoreFailure.in(problem, Optional.empty(), home);
    if (store.isPresent()) {
      return store.get();
    }
    return new IllegalStateException("knight cannot start: " + root(problem), problem);
  }

  private static String root(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}

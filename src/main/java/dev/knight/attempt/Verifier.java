package dev.knight.attempt;

import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import dev.knight.publish.Check;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the repository's setup and its checks on the host's side, whatever the agent says it has
 * run.
 */
@Singleton
final class Verifier {
  private final Shell shell;
  private final CheckRecord record;

  Verifier(Shell shell, CheckRecord record) {
    this.shell = shell;
    this.record = record;
  }

  /**
   * Runs every check, in order, also after one has failed. One that has run to its end on this very
   * tree, before a crash, is not run again.
   *
   * @param tree what lies in the worktree
   */
  List<Check> verify(Workplace place, String tree, Budget budget, Progress progress) {
    JobId job = progress.job().id();
    Map<String, Check> results = new LinkedHashMap<>(record.of(job, tree));
    List<Check> checks = new ArrayList<>();
    for (String command : place.config().verify()) {
      Check before = results.get(command);
      if (before != null) {
        progress.tell(
            "verify", "%s: %s, as it has run already".formatted(command, before.result()));
        checks.add(before);
        continue;
      }
      CommandRun run = run(command, place, budget, progress);
      Check check = new Check(command, run.passed(), run.result(), run.took(), run.output());
      // Told first: whoever was called off meanwhile has stopped the command, and keeps nothing.
      progress.tell(
          "verify", "%s: %s in %d s".formatted(command, run.result(), run.took().toSeconds()));
      if (run.isResult()) {
        results.put(command, check);
        record.keep(job, tree, List.copyOf(results.values()));
      }
      checks.add(check);
    }
    return checks;
  }

  /**
   * Runs the setup command.
   *
   * @throws RefusedException when it fails, with the end of its output
   */
  void setup(String command, Workplace place, Budget budget, Progress progress) {
    CommandRun run = run(command, place, budget, progress);
    progress.tell(
        "setup", "%s: %s in %d s".formatted(command, run.result(), run.took().toSeconds()));
    if (!run.passed()) {
      throw new RefusedException(
          "The setup command of .knight.yml (%s) failed: %s.\n\n%s"
              .formatted(command, run.result(), end(run.output())));
    }
  }

  private CommandRun run(String command, Workplace place, Budget budget, Progress progress) {
    try {
      return shell.run(command, place, budget.time(), progress);
    } catch (IOException failed) {
      throw new UnavailableException("A command could not be started.", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The service is ending.", Optional.empty(), ended);
    }
  }

  private static String end(String output) {
    return output.length() <= 2_000 ? output : output.substring(output.length() - 2_000);
  }
}

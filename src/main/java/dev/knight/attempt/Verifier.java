package dev.knight.attempt;

import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import dev.knight.publish.Check;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the repository's setup and its checks on the host's side, whatever the agent says it has
 * run.
 */
@Singleton
final class Verifier {
  private final Commands commands;

  Verifier(Commands commands) {
    this.commands = commands;
  }

  /** Runs every check, in order, also after one has failed. */
  List<Check> verify(Workplace place, Budget budget, Progress progress) {
    List<Check> checks = new ArrayList<>();
    for (String command : place.config().verify()) {
      CommandRun run = run(command, place, budget, progress);
      progress.tell(
          "verify", "%s: %s in %d s".formatted(command, run.result(), run.took().toSeconds()));
      checks.add(new Check(command, run.passed(), run.result(), run.took(), run.output()));
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
      return commands.run(
          command, place.worktree().path(), place.commandHome(), budget.time(), progress);
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

package dev.knight.cli;

import dev.knight.api.NoSuchJobException;
import dev.knight.api.WrongStateException;
import dev.knight.hygiene.PlainText;
import dev.knight.job.IllegalTransitionException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import dev.knight.setup.LeftException;

/** What a person is told of a command that failed. */
record Complaint(Terminal terminal) {
  /**
   * Says it in one sentence, and where it comes from if it is to be {@code verbose}.
   *
   * @return the exit code
   */
  int tell(Exception problem, boolean verbose) {
    terminal.err().println("knight: " + sentence(problem));
    if (verbose) {
      problem.printStackTrace(terminal.err());
    }
    return ExitCodes.of(problem);
  }

  /**
   * What is expected to happen has a sentence of its own; of anything else the kind is news too.
   */
  private static String sentence(Exception problem) {
    String said = PlainText.line(String.valueOf(problem.getMessage()));
    return switch (problem) {
      case IllegalArgumentException _,
          MisconfiguredException _,
          RefusedException _,
          UnavailableException _,
          NoSuchJobException _,
          WrongStateException _,
          IllegalTransitionException _,
          LeftException _ ->
          said;
      default ->
          "something unexpected happened (%s: %s); --verbose shows where"
              .formatted(problem.getClass().getSimpleName(), said);
    };
  }
}

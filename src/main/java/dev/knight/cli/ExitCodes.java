package dev.knight.cli;

import dev.knight.api.NoSuchJobException;
import dev.knight.hygiene.PlainText;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command ends: one sentence for what went wrong, and a number that says who must act. */
public final class ExitCodes implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** What was asked for is done. */
  public static final int DONE = 0;

  /** It was tried, and failed. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** GitHub refused, or knight is not configured for it. */
  public static final int REFUSED = 3;

  /** There is no such job. */
  public static final int NO_SUCH_JOB = 4;

  private final KnightCommand knight;
  private final Terminal terminal;

  ExitCodes(KnightCommand knight, Terminal terminal) {
    this.knight = knight;
    this.terminal = terminal;
  }

  /** The exit code of {@code problem}. */
  public static int of(Throwable problem) {
    return switch (problem) {
      case IllegalArgumentException _ -> USAGE;
      case MisconfiguredException _, RefusedException _ -> REFUSED;
      case NoSuchJobException _ -> NO_SUCH_JOB;
      default -> FAILED;
    };
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    return new Complaint(terminal).tell(problem, knight.isVerbose());
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    terminal.err().println("knight: " + PlainText.line(String.valueOf(problem.getMessage())));
    if (!UnmatchedArgumentException.printSuggestions(problem, terminal.err())) {
      terminal
          .err()
          .println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    }
    return USAGE;
  }
}

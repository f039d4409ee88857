package dev.knight.cli;

import java.util.List;
import java.util.Optional;

/** The command line, from its words to the exit code. */
public final class KnightCommandLine {
  /** What a service is started by. */
  private static final List<String> SERVE = List.of("serve");

  private KnightCommandLine() {}

  /**
   * Runs {@code args} and returns the exit code.
   *
   * @param rehearsals what {@code knight demo} and {@code knight chaos} play; without them there
   *     are no such commands
   */
  public static int execute(
      Program program, Terminal terminal, Optional<Rehearsals> rehearsals, String... args) {
    if (SERVE.equals(List.of(args))) {
      return serve(program, terminal);
    }
    return CommandTree.create(program, terminal, rehearsals, first(args)).execute(args);
  }

  /** The first word: a command, or an option that stands alone; empty where there is neither. */
  private static String first(String... args) {
    boolean isEither = args.length == 1 || (args.length > 1 && !args[0].startsWith("-"));
    return isEither ? args[0] : "";
  }

  /** There is nothing to read: who starts a service does not wait until picocli is loaded. */
  private static int serve(Program program, Terminal terminal) {
    try {
      return program.serve(Optional.empty(), false);
    } catch (RuntimeException problem) {
      return new Complaint(terminal).tell(problem, false);
    }
  }
}

package dev.knight.cli;

import dev.knight.job.IssueUrl;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** The whole command line. */
public final class KnightCommandLine {
  private KnightCommandLine() {}

  /**
   * Runs {@code args} and returns the exit code.
   *
   * @param rehearsals what {@code knight demo} and {@code knight chaos} play; without them there
   *     are no such commands
   */
  public static int execute(
      Program program, Terminal terminal, Optional<Rehearsals> rehearsals, String... args) {
    return create(program, terminal, rehearsals).execute(args);
  }

  static CommandLine create(Program program, Terminal terminal, Optional<Rehearsals> rehearsals) {
    KnightCommand knight = new KnightCommand(new NextStep(program, terminal));
    CommandLine line = new CommandLine(knight);
    add(line, new InitCommand(knight, program));
    add(line, new ServeCommand(knight, program));
    add(line, new EnqueueCommand(knight, program, terminal));
    add(line, new JobsCommand(knight, program, terminal));
    add(line, new ShowCommand(knight, program, terminal));
    add(line, new StatsCommand(knight, program, terminal));
    add(line, new LogsCommand(knight, program, terminal));
    add(line, new AttachCommand(program, terminal));
    add(line, new SteerCommand(knight, program, terminal));
    add(line, new StopCommand(knight, program, terminal));
    add(line, new RetryCommand(knight, program, terminal));
    add(line, new ReleaseCommand(knight, program, terminal));
    add(line, new RunCommand(knight, program));
    add(line, new MemoryCommand(knight, program, terminal));
    add(line, new OpenCommand(program, terminal, System.getenv()));
    add(line, new NotifyCommand(knight, program, terminal));
    add(line, new BackupCommand(knight, program, terminal));
    add(line, new RestoreCommand(knight, program, terminal));
    add(line, new ServiceCommand(knight, program, terminal));
    add(line, new DoctorCommand(knight, program, terminal, rehearsals.map(Rehearsals::smoke)));
    add(line, new CompletionCommand(terminal));
    add(line, new HelpCommand(program, terminal));
    add(line, new ManCommand(program, terminal));
    rehearsals.ifPresent(plays -> {
      add(line, new DemoCommand(plays.demo(), terminal));
      add(line, new ChaosCommand(plays.chaos(), terminal));
    });
    ExitCodes exitCodes = new ExitCodes(knight, terminal);
    tellOfTopics(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(IssueUrl.class, KnightCommandLine::issue)
        .registerConverter(JobId.class, KnightCommandLine::job)
        .registerConverter(RepositoryName.class, KnightCommandLine::repository)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
        .setExecutionExceptionHandler(exitCodes)
        .setParameterExceptionHandler(exitCodes);
  }

  /** Only where all commands are listed: each of them has a footer already. */
  private static void tellOfTopics(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(usage.footer()));
    footer.add("'knight help TOPIC' tells of " + HelpTopic.words() + ".");
    usage.footer(footer.toArray(String[]::new));
  }

  private static void add(CommandLine line, Object command) {
    line.addSubcommand(command);
  }

  private static IssueUrl issue(String text) {
    try {
      return IssueUrl.parse(text);
    } catch (IllegalArgumentException notAnIssue) {
      throw conversion(String.valueOf(notAnIssue.getMessage()), notAnIssue);
    }
  }

  private static JobId job(String text) {
    try {
      return new JobId(Long.parseLong(text));
    } catch (IllegalArgumentException notANumber) {
      throw conversion(
          "'%s' is not a job; JOB is a number that knight jobs prints".formatted(text), notANumber);
    }
  }

  private static RepositoryName repository(String text) {
    try {
      return RepositoryName.parse(text);
    } catch (IllegalArgumentException notARepository) {
      throw conversion(
          "'%s' is not a repository; it is OWNER/NAME".formatted(text), notARepository);
    }
  }

  private static TypeConversionException conversion(String sentence, Exception cause) {
    TypeConversionException wrong = new TypeConversionException(sentence);
    wrong.initCause(cause);
    return wrong;
  }
}

package dev.knight.cli;

import dev.knight.job.IssueUrl;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** The commands, as picocli reads them: all of them, or the one that is asked for. */
final class CommandTree {
  /** What these say is of no command. */
  private static final Set<String> OF_NONE = Set.of("--version", "-V");

  /** What these say is of all commands. */
  private static final Set<String> OF_ALL = Set.of("completion", "help", "man");

  private CommandTree() {}

  /**
   * With all commands.
   *
   * @param rehearsals what {@code knight demo} and {@code knight chaos} play; without them there
   *     are no such commands
   */
  static CommandLine create(Program program, Terminal terminal, Optional<Rehearsals> rehearsals) {
    return create(program, terminal, rehearsals, "");
  }

  /**
   * With the command that is called {@code first}; with none where that asks for the version, with
   * all where it is no command, or tells of them. Who waits for one does not wait until two dozen
   * are read.
   */
  static CommandLine create(
      Program program, Terminal terminal, Optional<Rehearsals> rehearsals, String first) {
    KnightCommand knight = new KnightCommand(new NextStep(program, terminal));
    CommandLine line = new CommandLine(knight);
    Map<String, Supplier<Object>> commands = commands(knight, program, terminal, rehearsals);
    if (OF_NONE.contains(first) || (commands.containsKey(first) && !OF_ALL.contains(first))) {
      commands.keySet().retainAll(Set.of(first));
    }
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    ExitCodes exitCodes = new ExitCodes(knight, terminal);
    tellOfTopics(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(IssueUrl.class, CommandTree::issue)
        .registerConverter(JobId.class, CommandTree::job)
        .registerConverter(RepositoryName.class, CommandTree::repository)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
        .setExecutionExceptionHandler(exitCodes)
        .setParameterExceptionHandler(exitCodes);
  }

  /** By their names, in the order in which they are listed. */
  private static Map<String, Supplier<Object>> commands(
      KnightCommand knight, Program program, Terminal terminal, Optional<Rehearsals> rehearsals) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("init", () -> new InitCommand(knight, program));
    commands.put("serve", () -> new ServeCommand(knight, program));
    commands.put("enqueue", () -> new EnqueueCommand(knight, program, terminal));
    commands.put("jobs", () -> new JobsCommand(knight, program, terminal));
    commands.put("show", () -> new ShowCommand(knight, program, terminal));
    commands.put("stats", () -> new StatsCommand(knight, program, terminal));
    commands.put("logs", () -> new LogsCommand(knight, program, terminal));
    commands.put("attach", () -> new AttachCommand(program, terminal));
    commands.put("steer", () -> new SteerCommand(knight, program, terminal));
    commands.put("stop", () -> new StopCommand(knight, program, terminal));
    commands.put("retry", () -> new RetryCommand(knight, program, terminal));
    commands.put("release", () -> new ReleaseCommand(knight, program, terminal));
    commands.put("run", () -> new RunCommand(knight, program));
    commands.put("memory", () -> new MemoryCommand(knight, program, terminal));
    commands.put("open", () -> new OpenCommand(program, terminal, System.getenv()));
    commands.put("notify", () -> new NotifyCommand(knight, program, terminal));
    commands.put("backup", () -> new BackupCommand(knight, program, terminal));
    commands.put("restore", () -> new RestoreCommand(knight, program, terminal));
    commands.put("service", () -> new ServiceCommand(knight, program, terminal));
    commands.put(
        "doctor",
        () -> new DoctorCommand(knight, program, terminal, rehearsals.map(Rehearsals::smoke)));
    commands.put("completion", () -> new CompletionCommand(terminal));
    commands.put("help", () -> new HelpCommand(program, terminal));
    commands.put("man", () -> new ManCommand(program, terminal));
    rehearsals.ifPresent(plays -> {
      commands.put("demo", () -> new DemoCommand(plays.demo(), terminal));
      commands.put("chaos", () -> new ChaosCommand(plays.chaos(), terminal));
    });
    return commands;
  }

  /** Only where all commands are listed: each of them has a footer already. */
  private static void tellOfTopics(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(usage.footer()));
    footer.add("'knight help TOPIC' tells of " + HelpTopic.words() + ".");
    usage.footer(footer.toArray(String[]::new));
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

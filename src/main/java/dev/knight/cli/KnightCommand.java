package dev.knight.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code knight} itself: what every command takes. */
@Command(
    name = "knight",
    description = "Tag it in an issue, get a pull request.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionOption.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = false,
    footer = {
      "",
      "JOB is the number that 'knight jobs' prints. Exit codes: 0 done, 1 failed,",
      "2 usage, 3 refused by GitHub or not configured, 4 no such job."
    })
final class KnightCommand implements Callable<Integer> {
  private final NextStep next;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Read this file instead of knight.yml in knight's home.")
  private @Nullable Path config;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an error comes from.")
  private boolean verbose;

  /** Without a command, {@code next} is said. */
  KnightCommand(NextStep next) {
    this.next = next;
  }

  @Override
  public Integer call() {
    next.print(config());
    return ExitCodes.DONE;
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  boolean isVerbose() {
    return verbose;
  }
}

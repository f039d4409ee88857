package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.ConventionView;
import dev.knight.api.MemoryApi;
import dev.knight.api.RuleRequest;
import dev.knight.hygiene.PlainText;
import dev.knight.job.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight memory}. */
@Command(
    name = "memory",
    description = "List and edit what knight keeps in mind of its repositories.")
final class MemoryCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  @Option(names = "--repository", paramLabel = "OWNER/NAME", description = "Only what holds there.")
  private @Nullable RepositoryName repository;

  MemoryCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return program.ask(
        knight.config(),
        api -> {
          print(api.memory().conventions(repository == null ? null : repository.toString()));
          return ExitCodes.DONE;
        });
  }

  @Command(name = "confirm", description = "Let jobs be told of it from now on.")
  int confirm(@Parameters(paramLabel = "ID", description = "Its number.") long id) {
    return change(memory -> memory.confirm(id));
  }

  @Command(name = "edit", description = "Say it better; that confirms it, too.")
  int edit(
      @Parameters(paramLabel = "ID", description = "Its number.") long id,
      @Parameters(paramLabel = "TEXT", description = "One sentence.") String text) {
    return change(memory -> memory.edit(id, new RuleRequest(text)));
  }

  @Command(name = "forget", description = "Let it hold no more.")
  int forget(@Parameters(paramLabel = "ID", description = "Its number.") long id) {
    return change(memory -> memory.forget(id));
  }

  @Command(
      name = "propose",
      description = "Open a pull request that writes what is confirmed into AGENTS.md.")
  int propose(
      @Parameters(paramLabel = "OWNER/NAME", description = "The repository.")
          RepositoryName where) {
    return program.ask(
        knight.config(),
        api -> {
          URI page = api.memory().propose(where.owner(), where.name()).pullRequest();
          terminal.out().println(PlainText.line(page.toString()));
          terminal.out().flush();
          return ExitCodes.DONE;
        });
  }

  private int change(Function<MemoryApi, ConventionView> verb) {
    return program.ask(
        knight.config(),
        api -> {
          ConventionView now = verb.apply(api.memory());
          String sentence =
              "%d is %s: %s".formatted(now.id(), now.stage(), PlainText.line(now.rule()));
          terminal.out().println(asJson ? new Json().pretty(now) : sentence);
          terminal.out().flush();
          return ExitCodes.DONE;
        });
  }

  private void print(List<ConventionView> conventions) {
    if (asJson) {
      terminal.out().println(new Json().pretty(requireNonNull(conventions)));
    } else if (conventions.isEmpty() && terminal.isPerson()) {
      terminal.out().println("Nothing yet. knight learns from what people correct in reviews.");
    } else {
      conventions.forEach(one -> terminal.out().println(line(one)));
    }
    terminal.out().flush();
  }

  private String line(ConventionView one) {
    if (!terminal.isPerson()) {
      return String.join(
          "\t",
          Long.toString(one.id()),
          one.stage(),
          PlainText.line(one.repository()),
          PlainText.line(one.rule()),
          PlainText.line(one.source().toString()));
    }
    return "%4d  %-9s  %s  %s%n                 %s, %s"
        .formatted(
            one.id(),
            one.stage(),
            PlainText.line(one.repository()),
            PlainText.line(one.rule()),
            PlainText.line(one.by()),
            PlainText.line(one.source().toString()));
  }
}

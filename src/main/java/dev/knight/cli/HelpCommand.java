package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knight help}. */
@Command(
    name = "help",
    description = {
      "Tell of a command or a topic.",
      "Topics are configuration, comments, exit-codes, files and security. Behind"
          + " 'configuration' a word picks the keys that have it in their name."
    })
final class HelpCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private Paging paging = new Paging();

  @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "A command or a topic.")
  private @Nullable List<String> words;

  HelpCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> asked = words == null ? List.of() : words;
    CommandLine knight = requireNonNull(requireNonNull(spec).parent()).commandLine();
    if (asked.isEmpty()) {
      paging.show(terminal, to -> overview(knight, to));
      return ExitCodes.DONE;
    }
    HelpTopic.named(asked.getFirst())
        .map(topic -> blocks(topic, asked.subList(1, asked.size())))
        .ifPresentOrElse(
            blocks -> paging.show(terminal, to -> HelpText.print(blocks, to)),
            () -> usage(knight, asked));
    return ExitCodes.DONE;
  }

  private static void overview(CommandLine knight, Terminal to) {
    knight.usage(to.out());
    to.out().println();
    to.out().println("Topics of knight help:");
    for (HelpTopic topic : HelpTopic.values()) {
      to.out().println("  %-14s %s".formatted(topic.word(), topic.title()));
    }
  }

  private List<HelpBlock> blocks(HelpTopic topic, List<String> parts) {
    if (topic != HelpTopic.CONFIGURATION || parts.isEmpty()) {
      return topic.blocks(program);
    }
    List<HelpBlock> found =
        program.settings().stream()
            .filter(key -> parts.stream().allMatch(key.name()::contains))
            .map(HelpTopic::entry)
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No key has '%s' in its name; knight help configuration tells all"
              .formatted(String.join(" ", parts)));
    }
    return found;
  }

  private void usage(CommandLine knight, List<String> path) {
    CommandLine found = knight;
    for (String word : path) {
      found = found == null ? null : found.getSubcommands().get(word);
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "'%s' is no command and no topic; there are %s, and the commands that knight --help lists"
              .formatted(String.join(" ", path), HelpTopic.words()));
    }
    CommandLine command = found;
    paging.show(terminal, to -> command.usage(to.out()));
  }
}

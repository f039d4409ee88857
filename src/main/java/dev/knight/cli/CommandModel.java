package dev.knight.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the commands say of themselves, for the manual, the documentation and completion. */
final class CommandModel {
  private CommandModel() {}

  /** The commands below {@code line}, and those below them, in the order of its help. */
  static List<CommandSpec> commands(CommandLine line) {
    List<CommandSpec> found = new ArrayList<>();
    line.getSubcommands()
        .values()
        .forEach(below -> {
          if (!below.getCommandSpec().usageMessage().hidden()) {
            found.add(below.getCommandSpec());
            found.addAll(commands(below));
          }
        });
    return found;
  }

  /** Its name with those above it: {@code knight memory edit}. */
  static String name(CommandSpec command) {
    return command.qualifiedName();
  }

  /** How it is called: its name, its parameters, and whether it has options. */
  static String synopsis(CommandSpec command) {
    String options = own(command).isEmpty() ? "" : " [OPTION...]";
    String parameters =
        command.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(CommandModel::synopsis)
            .collect(Collectors.joining());
    return name(command) + options + parameters;
  }

  /** The options that it does not share with all. */
  static List<OptionSpec> own(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden() && !option.inherited() && !isStandard(option))
        .toList();
  }

  /** What all commands take. */
  static List<OptionSpec> shared(CommandSpec knight) {
    return knight.options().stream().filter(option -> !option.hidden()).toList();
  }

  /** Its names and what it takes: {@code -n, --limit=N}. */
  static String term(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  /** What it does, in one paragraph. */
  static String description(CommandSpec command) {
    return String.join(" ", command.usageMessage().description());
  }

  /** What it is for, in one paragraph. */
  static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String synopsis(PositionalParamSpec parameter) {
    String many = parameter.arity().max() > 1 ? "..." : "";
    String label = parameter.paramLabel() + many;
    return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
  }
}

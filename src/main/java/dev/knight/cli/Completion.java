package dev.knight.cli;

import dev.knight.job.JobQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a shell needs to complete knight's command line: commands, options, their values, and the
 * numbers of jobs. It starts no knight for that: each job that an agent worked on has a recording,
 * and those are listed.
 */
final class Completion {
  private static final String JOB = "JOB";
  private static final String TOPIC = "TOPIC";
  private static final String FILE = "FILE";

  private final CommandLine knight;

  Completion(CommandLine knight) {
    this.knight = knight;
  }

  /** The script that {@code shell} has to read. */
  String script(Shell shell) {
    return switch (shell) {
      case BASH -> bash();
      case ZSH -> zsh();
      case FISH -> fish();
    };
  }

  private String bash() {
    return """
    # Bash completion for knight. To have it now: source <(knight completion bash)
    # To have it always: knight completion bash > ~/.local/share/bash-completion/completions/knight
    _knight_jobs() {
      ls "${KNIGHT_HOME:-$HOME/.knight}/recordings" 2>/dev/null | sed -n 's/^\\([0-9]*\\)\\.jsonl$/\\1/p'
    }
    _knight() {
      local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} trail= i word
      COMPREPLY=()
      for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case "$trail $word" in
    %s        *) ;;
        esac
      done
      # What an option takes.
      if [ "$before" = = ] && ((COMP_CWORD > 2)); then before=${COMP_WORDS[COMP_CWORD-2]}; fi
      if [ "$current" = = ]; then current=; fi
      case "$trail $before" in
    %s  esac
      case "$before" in
        --config) COMPREPLY=($(compgen -f -- "$current")); return ;;
      esac
      local flags= choices=
      case "$trail" in
    %s  esac
      case $current in
        -*) COMPREPLY=($(compgen -W "$flags" -- "$current")) ;;
        *) COMPREPLY=($(compgen -W "$choices" -- "$current")) ;;
      esac
    }
    complete -o default -F _knight knight
    """
        .formatted(bashPaths(), bashValues(), bashWords());
  }

  /** Which command is meant: each word that is one leads a level down. */
  private String bashPaths() {
    return commands().entrySet().stream()
        .flatMap(command ->
            below(command.getValue()).stream()
                .map(word ->
                    "      \"%s %s\") trail=\"%s\" ;;\n"
                        .formatted(
                            command.getKey(), word, (command.getKey() + " " + word).strip())))
        .collect(Collectors.joining());
  }

  private String bashValues() {
    return commands().entrySet().stream()
        .flatMap(command ->
            options(command.getValue())
                .filter(option -> !values(option).isEmpty())
                .map(option ->
                    "    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$current\")); return ;;\n"
                        .formatted(
                            Arrays.stream(option.names())
                                .map(name -> "\"" + command.getKey() + " " + name + "\"")
                                .collect(Collectors.joining("|")),
                            String.join(" ", values(option)))))
        .collect(Collectors.joining());
  }

  private String bashWords() {
    return commands().entrySet().stream()
        .map(command ->
            "    \"%s\") flags=\"%s\" choices=\"%s\" ;;\n"
                .formatted(
                    command.getKey(),
                    String.join(" ", optionNames(command.getValue())),
                    bashWords(command.getValue())))
        .collect(Collectors.joining());
  }

  private String bashWords(CommandSpec command) {
    return wanted(command)
        .map(label -> label.equals(JOB) ? "$(_knight_jobs)" : String.join(" ", words(label)))
        .orElseGet(() -> String.join(" ", below(command)));
  }

  /** Zsh reads what bash reads, once it is asked to. */
  private String zsh() {
    return """
    #compdef knight
    # Zsh completion for knight. To have it now: source <(knight completion zsh)
    # To have it always: knight completion zsh > a directory of your fpath, as _knight
    autoload -U +X bashcompinit && bashcompinit
    """
        + bash().lines().skip(2).map(line -> line + "\n").collect(Collectors.joining())
        + """
        # As a file of fpath it is read when it is needed first, and that time is to have an answer, too.
        if [ "${funcstack[1]}" = _knight ]; then _bash_complete -o default -F _knight; fi
        """;
  }

  private String fish() {
    StringBuilder script = new StringBuilder();
    script.append(
        """
        # Fish completion for knight. To have it now: knight completion fish | source
        # To have it always: knight completion fish > ~/.config/fish/completions/knight.fish
        function __knight_jobs
            set -l home $KNIGHT_HOME
            test -n "$home"; or set home ~/.knight
            for file in $home/recordings/*.jsonl
                string match -rg '([0-9]+)\\.jsonl$' -- $file
            end
        end
        complete -c knight -f
        """);
    for (Map.Entry<String, CommandSpec> command : commands().entrySet()) {
      String path = command.getKey();
      String condition = fishCondition(path, command.getValue());
      for (CommandLine below : visible(command.getValue())) {
        script.append(
            "complete -c knight -n %s -a %s -d %s\n"
                .formatted(
                    condition,
                    below.getCommandName(),
                    quoted(CommandModel.description(below.getCommandSpec()))));
      }
      options(command.getValue()).forEach(option -> script.append(fishOption(condition, option)));
      wanted(command.getValue())
          .ifPresent(label ->
              script.append(
                  "complete -c knight -n %s -a %s\n"
                      .formatted(
                          condition,
                          label.equals(JOB)
                              ? "'(__knight_jobs)'"
                              : quoted(String.join(" ", words(label))))));
    }
    return script.toString();
  }

  private String fishCondition(String path, CommandSpec command) {
    if (path.isEmpty()) {
      return "__fish_use_subcommand";
    }
    String seen =
        Stream.of(path.split(" "))
            .map("__fish_seen_subcommand_from %s"::formatted)
            .collect(Collectors.joining("; and "));
    List<String> below = below(command);
    return "'%s%s'"
        .formatted(
            seen,
            below.isEmpty()
                ? ""
                : "; and not __fish_seen_subcommand_from " + String.join(" ", below));
  }

  private static String fishOption(String condition, OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(name ->
                name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
            .collect(Collectors.joining());
    String values =
        option.arity().max() == 0
            ? ""
            : values(option).isEmpty()
                ? (isFile(option) ? " -r -F" : " -r")
                : " -r -a " + quoted(String.join(" ", values(option)));
    return "complete -c knight -n %s%s%s -d %s\n"
        .formatted(condition, names, values, quoted(CommandModel.description(option)));
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.paramLabel().equals(FILE);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Every command by its path below knight; knight itself is the empty one. */
  private Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> all = new LinkedHashMap<>();
    all.put("", knight.getCommandSpec());
    CommandModel.commands(knight)
        .forEach(
            command -> all.put(CommandModel.name(command).replaceFirst("^knight ", ""), command));
    return all;
  }

  private static List<CommandLine> visible(CommandSpec command) {
    return command.subcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private static List<String> below(CommandSpec command) {
    return visible(command).stream().map(CommandLine::getCommandName).toList();
  }

  private static Stream<OptionSpec> options(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden());
  }

  private static List<String> optionNames(CommandSpec command) {
    return options(command).flatMap(option -> Stream.of(option.names())).toList();
  }

  /** What its first parameter is, where that can be completed. */
  private Optional<String> wanted(CommandSpec command) {
    return command.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .findFirst()
        .map(PositionalParamSpec::paramLabel)
        .filter(label -> label.equals(JOB) || !words(label).isEmpty());
  }

  private List<String> words(String label) {
    if (!label.equals(TOPIC)) {
      return label.equals("SHELL")
          ? Arrays.stream(Shell.values()).map(Shell::toString).toList()
          : List.of();
    }
    List<String> words =
        new ArrayList<>(Arrays.stream(HelpTopic.values()).map(HelpTopic::word).toList());
    words.addAll(below(knight.getCommandSpec()));
    return words;
  }

  private static List<String> values(OptionSpec option) {
    return option.paramLabel().equals("STATE") ? JobQuery.STATES : List.of();
  }
}

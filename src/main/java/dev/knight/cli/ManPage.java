package dev.knight.cli;

import dev.knight.cli.HelpBlock.Entry;
import dev.knight.cli.HelpBlock.Heading;
import dev.knight.cli.HelpBlock.Text;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual, {@code knight(1)}, made from the commands as they are. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The manual of {@code knight} in the language of {@code man}. */
  static String of(CommandLine knight, Program program) {
    return new ManPage().written(knight.getCommandSpec(), program);
  }

  private String written(CommandSpec knight, Program program) {
    request("TH", "KNIGHT", "1", "", "knight " + Version.number(), "knight");
    section("NAME");
    text("knight - tag it in an issue, get a pull request");
    section("SYNOPSIS");
    bold("knight");
    line("COMMAND [OPTION...]");
    section("DESCRIPTION");
    text(
        "A background coding agent that runs on your own machine. Mention it in an issue of a"
            + " repository that it watches: it works on it in a worktree of its own, reviews and"
            + " checks what it made, opens a pull request and tags you. `knight init` sets it up,"
            + " `knight serve` is the service, `knight jobs` says what it is doing.");
    section("COMMANDS");
    CommandModel.commands(knight.commandLine()).forEach(this::command);
    section("OPTIONS");
    text("Every command takes these.");
    CommandModel.shared(knight).forEach(this::option);
    for (HelpTopic topic : HelpTopic.values()) {
      section(topic.word().replace('-', ' ').toUpperCase(Locale.ROOT));
      blocks(topic.blocks(program));
    }
    section("SEE ALSO");
    bold("git(1), less(1), bwrap(1)");
    return page.toString();
  }

  private void command(CommandSpec command) {
    request("SS", CommandModel.synopsis(command));
    text(CommandModel.description(command));
    CommandModel.own(command).forEach(this::option);
  }

  private void option(OptionSpec option) {
    entry(CommandModel.term(option), CommandModel.description(option));
  }

  private void blocks(List<HelpBlock> blocks) {
    for (HelpBlock block : blocks) {
      switch (block) {
        case Heading(String title) -> request("SS", title);
        case Text(String words) -> text(words);
        case Entry(String term, String words) -> entry(term, words);
      }
    }
  }

  private void section(String title) {
    request("SH", title);
  }

  private void text(String words) {
    request("PP");
    line(Prose.plain(words));
  }

  private void entry(String term, String words) {
    request("TP");
    request("B", term);
    line(Prose.plain(words));
  }

  private void bold(String words) {
    request("B", words);
  }

  private void request(String name, String... arguments) {
    page.append('.')
        .append(name)
        .append(
            List.of(arguments).stream()
                .map(argument -> " \"" + escaped(argument).replace("\"", "\\(dq") + "\"")
                .collect(Collectors.joining()))
        .append('\n');
  }

  /** A line that began with a dot or an apostrophe would be a request. */
  private void line(String words) {
    String text = escaped(words);
    page.append(text.startsWith(".") || text.startsWith("'") ? "\\&" : "")
        .append(text)
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
  }
}

package dev.knight.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What a command takes whose answer may be longer than a screen. */
final class Paging {
  @Option(names = "--no-pager", description = "Do not show a long answer page by page.")
  private boolean unpaged;

  /** Has {@code answer} written, through the pager where that is wanted. */
  void show(Terminal terminal, Consumer<Terminal> answer) {
    if (unpaged) {
      answer.accept(terminal.isPerson() ? terminal.still() : terminal);
      terminal.out().flush();
    } else {
      terminal.paged(answer);
    }
  }
}

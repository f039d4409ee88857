package dev.knight.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps what is written until it is more than a screen, and only then starts the pager. */
final class PagedWriter extends Writer {
  private final Pager pager;
  private final Writer direct;
  private final int columns;
  private final int rows;
  private final StringBuilder kept = new StringBuilder();
  private Optional<Writer> open = Optional.empty();
  private Optional<Process> started = Optional.empty();
  private int rowsTaken;
  private int column;

  /** For a screen of that size; what fits on it goes to {@code direct}. */
  PagedWriter(Pager pager, Writer direct, Screen screen) {
    this.pager = pager;
    this.direct = direct;
    this.columns = screen.columns();
    this.rows = screen.rows();
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    if (open.isPresent()) {
      open.get().write(text, from, length);
      return;
    }
    kept.append(text, from, length);
    for (int i = from; i < from + length; i++) {
      count(text[i]);
    }
    if (rowsTaken >= rows) {
      Writer target = start();
      target.append(kept);
      open = Optional.of(target);
    }
  }

  @Override
  public void flush() throws IOException {
    if (open.isPresent()) {
      open.get().flush();
    }
  }

  /** Waits until whoever reads has read enough. */
  @Override
  public void close() throws IOException {
    try {
      if (open.isEmpty()) {
        direct.append(kept);
        direct.flush();
      } else if (started.isEmpty()) {
        direct.flush();
      } else {
        open.get().close();
      }
    } finally {
      awaitEnd();
    }
  }

  private void count(char letter) {
    column = letter == '\n' ? 0 : column + 1;
    if (letter == '\n' || column > columns) {
      rowsTaken++;
      column = letter == '\n' ? 0 : 1;
    }
  }

  /** Where there is no such pager, nothing is lost but the pages. */
  private Writer start() {
    ProcessBuilder builder =
        new ProcessBuilder(pager.command())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(pager.environment());
    try {
      Process process = builder.start();
      started = Optional.of(process);
      // Ctrl-C is the pager's affair: who ended before it would leave it alone with the terminal.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> await(process)));
      return process.outputWriter(StandardCharsets.UTF_8);
    } catch (IOException missing) {
      return direct;
    }
  }

  private void awaitEnd() {
    started.ifPresent(PagedWriter::await);
  }

  private static void await(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

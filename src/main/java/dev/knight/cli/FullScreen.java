package dev.knight.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole screen, for as long as something on it changes: what stood there before comes back when
 * it is closed, however the process ends. Keys arrive one by one, and are not shown.
 */
final class FullScreen implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

  /** Terminals that know these show a picture only when it is whole. */
  private static final String BEGIN = "\u001b[?2026h\u001b[H";

  private static final String END = "\u001b[J\u001b[?2026l";
  private static final String REST_OF_LINE = "\u001b[K";

  private final Terminal terminal;
  private final Optional<String> before;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FullScreen(Terminal terminal, Optional<String> before) {
    this.terminal = terminal;
    this.before = before;
  }

  /** Takes the screen of {@code terminal}. */
  static FullScreen open(Terminal terminal) {
    FullScreen screen = new FullScreen(terminal, Tty.stty("-g"));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(screen::close));
    if (screen.before.isPresent()) {
      Tty.stty("-icanon", "-echo", "min", "1", "time", "0");
    }
    screen.write(ENTER);
    return screen;
  }

  /** Shows {@code lines}, and nothing of what was shown before; what has no room is left out. */
  void draw(List<String> lines) {
    int rows = terminal.screen().rows();
    StringBuilder picture = new StringBuilder(BEGIN);
    List<String> shown = lines.size() <= rows ? lines : lines.subList(0, Math.max(1, rows));
    for (int i = 0; i < shown.size(); i++) {
      picture.append(i == 0 ? "" : "\n").append(shown.get(i)).append(REST_OF_LINE);
    }
    write(picture.append(END).toString());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      write(LEAVE);
      before.ifPresent(settings -> Tty.stty(settings));
    }
  }

  /** In one piece, so that nothing flickers. */
  private void write(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }
}

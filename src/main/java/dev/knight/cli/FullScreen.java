package dev.knight.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole screen, for as long as something on it changes: what stood there before comes back when
 * it is closed, however the process ends. Keys arrive one by one, and are not shown.
 */
final class FullScreen implements AutoCloseable {
  /** A line that is too long for it loses its end, and takes no other one's place. */
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";

  /** Terminals that know these show a picture only when it is whole. */
  private static final String BEGIN = "\u001b[?2026h\u001b[H";

  private static final String END = "\u001b[?2026l";

  /** Before the line: behind one that fills the screen it would take the last letter. */
  private static final String EMPTY_LINE = "\u001b[K";

  private static final String EMPTY_REST = "\u001b[J";

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

  /**
   * Shows {@code lines} on a screen of so many {@code rows}, and nothing of what was shown before;
   * what has no room is left out. Once it is closed, nothing is shown any more.
   */
  synchronized void draw(List<String> lines, int rows) {
    if (closed.get()) {
      return;
    }
    StringBuilder picture = new StringBuilder(BEGIN);
    List<String> shown = lines.size() <= rows ? lines : lines.subList(0, Math.max(1, rows));
    for (int i = 0; i < shown.size(); i++) {
      picture.append(i == 0 ? "" : "\n").append(EMPTY_LINE).append(shown.get(i));
    }
    picture.append(shown.size() < rows ? "\n" + EMPTY_REST : "");
    write(picture.append(END).toString());
  }

  @Override
  public synchronized void close() {
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

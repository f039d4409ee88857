package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A person at a terminal that {@code script} (of every Linux's util-linux) has made. */
final class Typist implements AutoCloseable {
  static final String ENTER = "\r";
  static final String DOWN = "\033[B";
  static final String UP = "\033[A";
  static final String CONTROL_C = "\003";

  private static final int AGAIN_SECONDS = 30;

  private final Process process;
  private final Path home;
  private final Queue<String> shown = new ConcurrentLinkedQueue<>();
  private int read;

  Typist(Process process, Path home) {
    this.process = process;
    this.home = home;
    Thread.ofVirtual().start(() -> listen(process.getInputStream()));
  }

  /** The words that run {@code command} at a terminal. */
  static List<String> at(List<String> command) {
    String line =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    // Who was started in the background ignores Ctrl-C, and so would all that it starts.
    return List.of(
        "script",
        "-qfec",
        "stty rows 40 cols 100; exec env --default-signal=INT " + line,
        "/dev/null");
  }

  /** Waits until {@code words} are shown, after what was waited for before. */
  Typist sees(String words) {
    long end = System.nanoTime() + Program.PATIENCE.toNanos();
    while (true) {
      String plain = screen();
      int at = plain.indexOf(words, read);
      if (at >= 0) {
        read = at + words.length();
        return this;
      }
      assertThat(System.nanoTime())
          .as(
              "'%s' is shown after this:%n%s%nHere is the rest:%n%s",
              words, plain.substring(0, read), plain.substring(read))
          .isLessThan(process.isAlive() ? end : System.nanoTime());
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Presses keys. */
  Typist types(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return this;
    } catch (IOException gone) {
      throw new AssertionError("nobody listens:\n" + screen(), gone);
    }
  }

  /** Waits for its end; returns the exit code. */
  int ends() {
    try {
      assertThat(process.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("knight ends:%n%s", screen())
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  /** Presses Ctrl-C as a person does: again where nothing comes of it. */
  int leaves() {
    try {
      for (long left = Program.PATIENCE.toSeconds(); left > 0; left -= AGAIN_SECONDS) {
        types("\003");
        if (process.waitFor(AGAIN_SECONDS, TimeUnit.SECONDS)) {
          return process.exitValue();
        }
      }
      throw new AssertionError("knight does not end: " + screen());
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  /** All that was shown, without what moves the cursor and colours. */
  String screen() {
    return String.join("", shown).replaceAll("\033\\[[0-9;?]*[A-Za-z@]", "").replace("\r", "");
  }

  private void listen(InputStream in) {
    byte[] chunk = new byte[1 << 14];
    try (in) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        shown.add(new String(chunk, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      shown.add("[closed: " + closed.getMessage() + "]");
    }
  }

  @Override
  public void close() {
    process.destroy();
    Program.endBridges(home);
  }
}

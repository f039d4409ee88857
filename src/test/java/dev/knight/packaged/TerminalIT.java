package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person sits at a terminal, and a program at a pipe. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TerminalIT {
  private static final String LEFT = "\u001b[?1049l";

  @TempDir private Path home;

  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void jobs_are_watched_read_and_asked_for() throws Exception {
    try (Town town = new Town(home, this::waits)) {
      Program knight = town.knight();
      assertThat(screen(knight.atTerminal(100, 30, "jobs")))
          .contains("No jobs yet, and nothing is set up: knight init does that.");
      try (Service _ = knight.serve()) {
        watches(town);
        reads(knight);
      }
      readsWithoutService(knight);
    }
  }

  /** A job comes, works and ends, and the screen says so by itself; then q gives it back. */
  private void watches(Town town) throws Exception {
    Process watch = town.knight().atTerminal(100, 30, "jobs", "--watch");
    Process lines = town.knight().start("jobs", "--watch");
    Screen screen = new Screen(watch);
    Screen pipe = new Screen(lines);
    screen.await("an empty screen", it -> it.contains("Mention knight in an issue"));

    town.ask(1);
    screen.await("the work", it -> it.contains("running implement"));
    goOn.countDown();
    screen.await("its end", it -> it.contains("nothing is under way") && it.contains("#2"));
    pipe.await("its end", it -> it.contains("\tdone\t") || it.contains("\tdone"));
    watch.outputWriter().append('q').flush();

    assertThat(watch.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(watch.exitValue()).isZero();
    screen.await("the screen as it was", it -> it.contains(LEFT));
    assertThat(screen.text().substring(screen.text().indexOf(LEFT))).contains("\u001b[32mdone");
    assertThat(pipe.text()).doesNotContain("\u001b").contains("running implement");
    lines.destroy();
  }

  private static void reads(Program knight) {
    assertThat(screen(knight.atTerminal(100, 30, "jobs")))
        .contains("\u001b[1mJOB", "\u001b[32mdone", "Add note 1");
    assertThat(screen(knight.with("NO_COLOR", "1").atTerminal(48, 30, "jobs")))
        .contains("JOB  STATE  ISSUE")
        .doesNotContain("\u001b", "Add note 1");
    assertThat(knight.run("jobs").out()).startsWith("1\tdone\tada/notes#1\t");

    Program paging = knight.with("KNIGHT_PAGER", "sed s/^/PAGED:/");
    assertThat(screen(paging.atTerminal(80, 10, "show", "1")))
        .contains("PAGED:\u001b[1mJob 1  ada/notes#1")
        .contains("notes/1.md");
    assertThat(screen(paging.atTerminal(80, 10, "show", "1", "--no-pager")))
        .contains("Written to GitHub")
        .doesNotContain("PAGED");
    assertThat(knight.run("show", "1", "--diff").out()).contains("+++ b/notes/1.md");
    assertThat(screen(knight.atTerminal(80, 10, "logs", "1", "--no-pager")))
        .contains("\u001b[36m> ");
    assertThat(knight.run("logs", "1", "--raw").out().lines())
        .allMatch(line -> line.startsWith("{\"session\":\"1"));
  }

  /** No framework is started for that, and nothing is made. */
  private static void readsWithoutService(Program knight) throws IOException {
    Path store = knight.home().resolve("store/knight.mv.db");
    long written = Files.getLastModifiedTime(store).toMillis();

    Ended listed = knight.run("jobs", "--state", "done", "note");
    Ended shown = knight.run("show", "1");

    assertThat(listed.out()).startsWith("1\tdone\t");
    assertThat(shown.out()).contains("done, try 1", "Changes (published): 1 file");
    assertThat(knight.run("show", "9").exitCode()).isEqualTo(4);
    assertThat(Files.getLastModifiedTime(store).toMillis()).isEqualTo(written);
    assertThat(knight.run("man").out()).startsWith(".TH \"KNIGHT\"");
    assertThat(knight.run("help", "configuration").out()).contains("knight.workers");
  }

  private ModelAnswer waits(ModelRequest request) {
    try {
      assertThat(goOn.await(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return Town.notes(request);
  }

  /** All that a command draws until it ends. */
  private static String screen(Process command) {
    Screen screen = new Screen(command);
    try {
      assertThat(command.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      screen.reading.join(Program.PATIENCE);
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
    assertThat(command.exitValue()).as(screen.text()).isZero();
    return screen.text();
  }

  /** What a process has drawn so far. */
  private static final class Screen {
    private final StringBuilder drawn = new StringBuilder();
    private final Thread reading;

    Screen(Process process) {
      this.reading = Thread.ofVirtual().start(() -> read(process.getInputStream()));
    }

    synchronized String text() {
      return drawn.toString();
    }

    void await(String what, Predicate<String> done) {
      long end = System.nanoTime() + Program.PATIENCE.toNanos();
      while (!done.test(text())) {
        assertThat(System.nanoTime()).as("%s, in time%n%s", what, text()).isLessThan(end);
        LockSupport.parkNanos(50_000_000);
      }
    }

    private void read(InputStream in) {
      byte[] some = new byte[8192];
      try {
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
          synchronized (this) {
            drawn.append(new String(some, 0, count, StandardCharsets.UTF_8));
          }
        }
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    }
  }
}

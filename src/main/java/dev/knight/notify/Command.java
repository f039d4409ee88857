package dev.knight.notify;

import dev.knight.hygiene.Redactor;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gives notices to a program of the owner's, as JSON on its standard input and in a few variables.
 * It sees nothing of knight's own environment, is no shell, and has a limited time.
 */
final class Command implements Way {
  private static final Logger LOG = Logger.getLogger(Command.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What it printed last is enough to see what is wrong. */
  private static final int MOST_OUTPUT = 2_000;

  private final Path program;
  private final Map<String, String> environment;
  private final Redactor redactor;
  private final Duration patience;

  Command(Path program, Map<String, String> environment, Redactor redactor) {
    this(program, environment, redactor, PATIENCE);
  }

  Command(Path program, Map<String, String> environment, Redactor redactor, Duration patience) {
    this.program = program;
    this.environment = clean(environment);
    this.redactor = redactor;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "the command " + program;
  }

  @Override
  public String key() {
    return "notify command";
  }

  @Override
  public void carry(Notice notice) {
    try {
      Process process = start(notice);
      try {
        await(process, notice);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException unstartable) {
      throw new MisconfiguredException(
          name() + " cannot be started: look at knight.notify.command", unstartable);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted", ended);
    }
  }

  private Process start(Notice notice) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(variables(notice));
    return builder.start();
  }

  private void await(Process process, Notice notice) throws InterruptedException {
    Output output = new Output(process.getInputStream());
    Thread reader = Thread.ofVirtual().name("notify-output").start(output);
    Thread writer =
        Thread.ofVirtual()
            .name("notify-input")
            .start(() -> write(process.getOutputStream(), NoticeJson.of(notice) + "\n"));
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new UnavailableException(
          "%s takes longer than %d s".formatted(name(), patience.toSeconds()), Optional.empty());
    }
    writer.join(patience);
    reader.join(Duration.ofSeconds(1)); // what it left behind may hold the pipe open
    if (process.exitValue() != 0) {
      throw new UnavailableException(
          "%s ended with code %d: %s"
              .formatted(name(), process.exitValue(), redactor.text(output.tail())),
          Optional.empty());
    }
  }

  /** Whoever wants no more of it closes it, and that is no failure. */
  private static void write(OutputStream to, String text) {
    try (to) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      LOG.debugf("The command reads no more: %s", closed.getMessage());
    }
  }

  /** For a program that reads no JSON. All are one line but the text. */
  private static Map<String, String> variables(Notice notice) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("KNIGHT_EVENT", notice.occasion().word());
    variables.put("KNIGHT_ID", notice.id());
    variables.put("KNIGHT_TITLE", notice.title());
    variables.put("KNIGHT_TEXT", notice.text());
    variables.put("KNIGHT_LINK", notice.link().toString());
    variables.put("KNIGHT_JOB", Long.toString(notice.job().id()));
    return variables;
  }

  /** Where programs are found and in whose language: what no secret is in. */
  private static Map<String, String> clean(Map<String, String> all) {
    Map<String, String> clean = new LinkedHashMap<>(all);
    clean.keySet().removeIf(name -> !name.matches("PATH|HOME|LANG|LC_ALL|TZ|USER|LOGNAME"));
    return clean;
  }

  /** What it prints, to be told when it fails. */
  private static final class Output implements Runnable {
    private final InputStream from;
    private final StringBuilder said = new StringBuilder();

    Output(InputStream from) {
      this.from = from;
    }

    @Override
    public void run() {
      byte[] piece = new byte[1024];
      try (from) {
        for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
          add(new String(piece, 0, read, StandardCharsets.UTF_8));
        }
      } catch (IOException closed) {
        LOG.debugf("The command says no more: %s", closed.getMessage());
      }
    }

    private synchronized void add(String piece) {
      said.append(piece);
      said.delete(0, Math.max(0, said.length() - MOST_OUTPUT));
    }

    synchronized String tail() {
      return said.toString().strip();
    }
  }
}

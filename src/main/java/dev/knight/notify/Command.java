package dev.knight.notify;

import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import dev.knight.hygiene.Redactor;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives notices to a program of the owner's, as JSON on its standard input and in a few variables.
 * It sees nothing of knight's own environment, is no shell, and has a limited time.
 */
final class Command implements Way {
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
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.putAll(variables(notice));
    try {
      Ended ended =
          new OtherProgram(List.of(program.toString()), all)
              .run(patience, NoticeJson.of(notice) + "\n")
              .orElseThrow(this::tooSlow);
      if (!ended.isGood()) {
        throw failed(ended);
      }
    } catch (IOException unstartable) {
      throw new MisconfiguredException(
          name() + " cannot be started: look at knight.notify.command", unstartable);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted", ended);
    }
  }

  private UnavailableException tooSlow() {
    return new UnavailableException(
        "%s takes longer than %d s".formatted(name(), patience.toSeconds()), Optional.empty());
  }

  private UnavailableException failed(Ended ended) {
    String said = ended.said();
    String last = said.substring(Math.max(0, said.length() - MOST_OUTPUT)).strip();
    return new UnavailableException(
        "%s ended with code %d: %s".formatted(name(), ended.code(), redactor.text(last)),
        Optional.empty());
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
}

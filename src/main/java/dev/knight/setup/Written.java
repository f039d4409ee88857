package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.home.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two files of the settings: read, shown as they will be, and written. */
final class Written {
  private static final String TEMPLATE = "/setup/knight.yml";

  private final Circumstances here;
  private final House house;
  private final SecretsText secretsBefore;
  private final String configBefore;
  private final boolean isNew;

  /**
   * Reads what is there.
   *
   * @throws dev.knight.job.MisconfiguredException if knight cannot read it
   */
  Written(Circumstances here, House house) {
    this.here = here;
    this.house = house;
    this.isNew = !Files.exists(here.file());
    this.configBefore = isNew ? "" : read(here.file());
    this.secretsBefore =
        new SecretsText(Files.exists(here.home().secrets()) ? read(here.home().secrets()) : "");
  }

  /** Whether there are no settings yet. */
  boolean isNew() {
    return isNew;
  }

  /** What is there, or what a new file begins with. */
  Draft draft() {
    return new Draft(
        here.environment(),
        secretsBefore,
        ConfigText.of(house::read, isNew ? template() : configBefore));
  }

  /** What {@code draft} changes, file by file, as {@code git diff} shows it; no secret is in it. */
  List<String> difference(Draft draft) {
    List<String> lines = new ArrayList<>();
    append(
        lines,
        here.file(),
        isNew
            ? said(masked(draft.config().text()))
            : Difference.lines(masked(configBefore), masked(draft.config().text())));
    append(
        lines,
        here.home().secrets(),
        secretsBefore.text().isEmpty()
            ? said(secrets(draft).shown(secretsBefore))
            : Difference.lines(
                secretsBefore.shown(secretsBefore), secrets(draft).shown(secretsBefore)));
    return lines;
  }

  /** Of a new file what says something; the comments can be read there. */
  private static List<String> said(String config) {
    List<String> lines =
        config.lines().filter(line -> !line.isBlank() && !line.strip().startsWith("#")).toList();
    List<String> said = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      boolean isGroup = lines.get(at).endsWith(":");
      boolean hasMore = at + 1 < lines.size() && indent(lines.get(at + 1)) > indent(lines.get(at));
      if (!isGroup || hasMore) {
        said.add("+" + lines.get(at));
      }
    }
    return said;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Writes what has changed; each file is there whole or as it was. */
  void write(Draft draft) {
    try {
      here.home().make(here.home().root());
      if (!secrets(draft).equals(secretsBefore)) {
        put(here.home().secrets(), secrets(draft).text());
      }
      if (isNew || !draft.config().text().equals(configBefore)) {
        Files.createDirectories(requireNonNull(here.file().toAbsolutePath().getParent()));
        put(here.file(), draft.config().text());
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException("The settings cannot be written", unwritable);
    }
  }

  private SecretsText secrets(Draft draft) {
    boolean isFirst = secretsBefore.text().isEmpty() && !draft.secrets().text().isEmpty();
    return isFirst ? new SecretsText(SecretsText.HEAD + draft.secrets().text()) : draft.secrets();
  }

  /** Somebody's knight.yml may be a link into what they keep their settings in. */
  private static void put(Path file, String text) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file;
    WholeFile.write(real, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void append(List<String> lines, Path file, List<String> difference) {
    if (!difference.isEmpty()) {
      lines.add("");
      lines.add(file.toString());
      lines.addAll(difference);
    }
  }

  /** A secret may stand in knight.yml, too. */
  private static String masked(String config) {
    return config.replaceAll(
        "(?m)^(\\s*(?:knight\\.)?(?:\\w+\\.)*(?:token|api-key)\\s*:\\s*)\\S.*$", "$1***");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private static String template() {
    try (var in = requireNonNull(Written.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.home.WholeFile;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two files of the settings: read, shown as they will be, and written. */
final class Written {
  private static final String TEMPLATE = "/setup/knight.yml";
  private static final Set<String> SECRET =
      Set.of(
          GitHubStep.TOKEN,
          ModelStep.KEY,
          "knight.notify.url",
          "knight.notify.secret",
          "knight.notify.token");
  private static final String SECRET_LINE =
      "(?m)^([ \\t#]*(?:\\w+\\.)*(?:token|api-key|secret|url)[ \\t]*:[ \\t]*)\\S.*$";

  private final Circumstances here;
  private final House house;
  private final SecretsText secretsBefore;
  private final String configBefore;
  private final boolean isNew;

  /**
   * Reads what is there.
   *
   * @throws MisconfiguredException if knight cannot read it
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

  /**
   * Writes what has changed; each file is there whole or as it was.
   *
   * @throws MisconfiguredException if somebody else has written one of them meanwhile
   */
  void write(Draft draft) {
    refuseChanged(here.file(), configBefore);
    refuseChanged(here.home().secrets(), secretsBefore.text());
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

  private static void refuseChanged(Path file, String before) {
    if (!(Files.exists(file) ? read(file) : "").equals(before)) {
      throw new MisconfiguredException(
          "%s was changed while you answered, and nothing is written: run knight init again"
              .formatted(file));
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

  /** A secret may stand in knight.yml, too, also in a line that does not count any more. */
  private String masked(String config) {
    String masked = config.replaceAll(SECRET_LINE, "$1***");
    for (String value : secretsIn(config)) {
      masked = masked.replace(value, "***");
    }
    return masked;
  }

  /** Those that are long enough to be none of its words. */
  private List<String> secretsIn(String config) {
    Map<String, String> values = house.read(config);
    return SECRET.stream()
        .map(key -> values.getOrDefault(key, ""))
        .filter(value -> value.length() >= 8)
        .toList();
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

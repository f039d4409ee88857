package dev.knight.systemd;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a unit. Its template is a unit as it stands, for who copies it by hand; what one
 * installation has of its own takes the place of the template's lines.
 *
 * @param manager whose unit
 * @param command the words of the service, the first of them an absolute path
 * @param environment what the service finds in its environment besides systemd's own
 * @param account as whom it runs, where that is not the manager's own user
 * @param writable where it may write, if the template says that it may not everywhere
 */
record UnitText(
    Manager manager,
    List<String> command,
    SequencedMap<String, String> environment,
    Optional<Account> account,
    List<String> writable) {
  /** The first line of what knight has written itself. */
  static final String HEAD = "# Written by 'knight service install', which writes it anew.";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.,:=@+-]+");
  private static final Predicate<String> CONTROL = Pattern.compile("\\p{Cntrl}").asPredicate();

  /** The unit. */
  String text() {
    List<String> lines = new ArrayList<>(head());
    template()
        .lines()
        .dropWhile(line -> line.startsWith("#"))
        .forEach(line -> lines.addAll(filled(line)));
    return String.join("\n", lines) + "\n";
  }

  /** The template as it is in {@code config/}. */
  String template() {
    try (InputStream in = UnitText.class.getResourceAsStream("/systemd/" + manager.template())) {
      if (in == null) {
        throw new IllegalStateException("No " + manager.template() + " in this executable");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private List<String> head() {
    return List.of(
        HEAD,
        "# Your own changes belong into a file beside it: " + manager.systemctl() + " edit knight");
  }

  private List<String> filled(String line) {
    if (line.startsWith("ExecStart=")) {
      List<String> lines = new ArrayList<>();
      lines.add(start(command));
      environment.forEach((name, value) -> lines.add("Environment=" + word(name + "=" + value)));
      return lines;
    }
    if (line.startsWith("Environment=")) {
      return List.of();
    }
    if (line.startsWith("User=")) {
      return account.map(it -> List.of("User=" + word(it.name()))).orElse(List.of());
    }
    if (line.startsWith("ReadWritePaths=")) {
      // A home that is not there yet is knight's to tell of, and not to keep it from starting.
      String paths =
          writable.stream().map(path -> word("-" + path)).collect(Collectors.joining(" "));
      return List.of("ReadWritePaths=" + paths);
    }
    return List.of(line);
  }

  /** The line that starts {@code command}. */
  static String start(List<String> command) {
    // A dollar means a variable there, and nowhere else.
    return command.stream()
        .map(UnitText::word)
        .map(word -> word.replace("$", "$$"))
        .collect(Collectors.joining(" ", "ExecStart=", ""));
  }

  /** {@code text} as one word of systemd's. */
  private static String word(String text) {
    if (CONTROL.test(text)) {
      throw new MisconfiguredException(
          "A unit cannot name '%s': it has control characters".formatted(text));
    }
    String whole = text.replace("%", "%%");
    return PLAIN.matcher(whole.replace("%%", "")).matches()
        ? whole
        : "\"" + whole.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

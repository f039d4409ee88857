package dev.knight.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of {@code secrets.env}, changed one name at a time; other lines stay as they are.
 *
 * @param text the whole of it
 */
record SecretsText(String text) {
  /** What a new file begins with. */
  static final String HEAD =
      """
      # knight's secrets, written by knight init. knight refuses this file while others can read it.
      """;

  /** What is set for {@code name}, without quotes around it. */
  Optional<String> value(String name) {
    List<String> lines = lines();
    return place(lines, name)
        .map(at -> lines.get(at).substring(lines.get(at).indexOf('=') + 1).strip())
        .map(value ->
            value.matches("\"[^\"]*\"|'[^']*'") ? value.substring(1, value.length() - 1) : value)
        .filter(value -> !value.isBlank());
  }

  /** The text with {@code name} set to {@code value}. */
  SecretsText with(String name, String value) {
    List<String> lines = lines();
    String line = name + "=" + value;
    Optional<Integer> place = place(lines, name);
    if (place.isPresent()) {
      lines.set(place.get(), line);
    } else {
      lines.add(line);
    }
    return of(lines);
  }

  /** The text without {@code name}. */
  SecretsText without(String name) {
    List<String> lines = lines();
    lines.removeIf(line -> names(line, name));
    return of(lines);
  }

  /** The text as it may be shown: a star stands for each value, and what is new is marked. */
  String shown(SecretsText before) {
    List<String> earlier = before.lines();
    StringBuilder shown = new StringBuilder();
    for (String line : lines()) {
      boolean isSecret = !line.isBlank() && !line.strip().startsWith("#") && line.contains("=");
      String name = line.substring(0, Math.max(0, line.indexOf('=')));
      String mark = earlier.contains(line) ? "***" : "*** (new)";
      shown.append(isSecret ? name + "=" + mark : line).append('\n');
    }
    return shown.toString();
  }

  /** The last one counts. */
  private static Optional<Integer> place(List<String> lines, String name) {
    for (int at = lines.size() - 1; at >= 0; at--) {
      if (names(lines.get(at), name)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean names(String line, String name) {
    int equals = line.indexOf('=');
    return equals > 0 && line.substring(0, equals).strip().equals(name);
  }

  private List<String> lines() {
    return new ArrayList<>(text.lines().toList());
  }

  private static SecretsText of(List<String> lines) {
    return new SecretsText(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}

package dev.knight;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code secrets.env}: {@code NAME=value} lines that stand for environment variables. */
final class SecretsFile {
  private SecretsFile() {}

  /**
   * The settings of {@code file} by the name of their variable; none if there is no such file.
   *
   * @throws MisconfiguredException if others can read it, or a line is wrong
   */
  static Map<String, Setting> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      SecretFile.refuseUnlessOwn(file);
      return parse(file, Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "%s cannot be read as text: check that it is yours and is UTF-8".formatted(file),
          unreadable);
    }
  }

  private static Map<String, Setting> parse(Path file, List<String> lines) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines) {
      number++;
      String place = "%s, line %d".formatted(file, number);
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        int equals = line.indexOf('=');
        if (equals < 1) {
          throw new MisconfiguredException(place + ": write NAME=value");
        }
        String name = line.substring(0, equals).strip();
        settings.put(name, new Setting(unquoted(line.substring(equals + 1).strip()), place));
      }
    }
    return settings;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.endsWith(value.substring(0, 1));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}

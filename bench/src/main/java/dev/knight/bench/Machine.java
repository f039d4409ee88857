package dev.knight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What it all ran on. */
final class Machine {
  private Machine() {}

  /** In a few words. */
  static String name() {
    return "%d cores, %s, Linux %s, JDK %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model(),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /** The same with the commit, the day and how busy the machine was. */
  static String words(String commit) {
    return "%s; commit %s; %s; load %s"
        .formatted(name(), commit, LocalDate.now(ZoneOffset.UTC), load());
  }

  private static String model() {
    return read("/proc/cpuinfo")
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String load() {
    String[] words = read("/proc/loadavg").split(" ", -1);
    return words[0];
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unknown) {
      return "";
    }
  }
}

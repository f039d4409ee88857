package dev.knight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where everything is.
 *
 * @param root the checkout
 * @param jar the packaged program
 * @param peers where Celery and Redis were unpacked, if they could be
 * @param scheduler the classes of the small program with db-scheduler, if it could be built
 * @param pi the one that knight is tested with
 * @param work an empty directory on a disk
 */
record Place(
    Path root, Path jar, Optional<Path> peers, Optional<String> scheduler, Path pi, Path work) {

  /** knight as its launcher starts it. */
  Command knight(Map<String, String> settings, String log, String... arguments) {
    List<String> launcher =
        List.of(
            root.resolve("scripts/lib/launch.sh").toString(),
            jar.toString(),
            root.resolve("scripts/knight").toString());
    return command(settings, log, concat(launcher, List.of(arguments)));
  }

  /** The JVM that runs this, with flags as the launcher's for short commands. */
  Command java(String log, List<String> flags, String classPath, String main, String... arguments) {
    List<String> words =
        concat(
            concat(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()), flags),
            List.of("-XX:+UseSerialGC", "-cp", classPath, main));
    return command(Map.of(), log, concat(words, List.of(arguments)));
  }

  /** A program with what this process has in its environment, but for knight's own, and more. */
  Command command(Map<String, String> more, String log, List<String> words) {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("KNIGHT_"));
    for (String kept : List.of("KNIGHT_SANDBOX", "KNIGHT_CACHE")) {
      Optional.ofNullable(System.getenv(kept)).ifPresent(it -> environment.put(kept, it));
    }
    environment.putAll(more);
    return new Command(words, environment, work.resolve(log + ".log"));
  }

  /** The classes of this program, and behind them those of the packaged one. */
  String classPath() {
    return root.resolve("bench/target/classes") + ":" + jar;
  }

  /** A new empty directory, whose name begins with {@code name}. */
  Path directory(String name) {
    try {
      int turn = 1;
      while (Files.exists(work.resolve(name + "-" + turn))) {
        turn++;
      }
      return Files.createDirectories(work.resolve(name + "-" + turn));
    } catch (IOException unusable) {
      throw new IllegalStateException(work + " cannot be used", unusable);
    }
  }

  static List<String> concat(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}

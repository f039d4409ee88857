package dev.knight.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checks of the repositories. They remember what they have seen. */
final class Checks {
  private final World world;
  private final Set<Map<String, String>> seen = new HashSet<>();

  Checks(World world) {
    this.world = world;
  }

  boolean passes(String command, Path directory) {
    if (command.equals("make")) {
      seen.add(files(directory));
      return world.dice().nextInt(10) < 8;
    }
    return true;
  }

  /** Whether exactly these files were checked. */
  boolean haveSeen(Map<String, String> files) {
    return seen.contains(files);
  }

  private static Map<String, String> files(Path directory) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> plain = entries.filter(path -> !path.endsWith(".git")).toList();
      for (Path file : plain) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}

package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the framework unpacks what it needs. Its usual place is in {@code /tmp} under one name for
 * every account, so that who comes second cannot start; this one is in the home.
 */
final class FrameworkCache {
  private static final String NAME = "vertx";

  private FrameworkCache() {}

  /** The directory; beside it there may be some of processes that were killed. */
  static Path of(KnightHome home) {
    return home.cache().resolve(NAME);
  }

  /** Removes what killed processes have left. Only who holds the home's lock may do so. */
  static void clear(KnightHome home) {
    try {
      if (Files.isDirectory(home.cache())) {
        for (Path old : left(home)) {
          remove(old);
        }
      }
    } catch (IOException unusable) {
      throw new MisconfiguredException(
          "%s cannot be used: check that it is yours".formatted(home.cache()), unusable);
    }
  }

  private static List<Path> left(KnightHome home) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> old = Files.newDirectoryStream(home.cache(), NAME + "{,-[0-9]*}")) {
      old.forEach(left::add);
    }
    return left;
  }

  private static void remove(Path tree) throws IOException {
    List<Path> inside;
    try (Stream<Path> files = Files.walk(tree)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inside) {
      Files.delete(file);
    }
  }
}

package dev.knight.doctor;

import dev.knight.home.KnightHome;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A mend that loses nothing, so that knight can do it by itself. */
public sealed interface Fix {
  /** Does it. */
  void apply() throws IOException;

  /** What was done, as a sentence without its full stop. */
  String told();

  /**
   * Gives {@code file} another mode.
   *
   * @param mode as {@code rw-------}
   */
  record Close(Path file, String mode) implements Fix {
    @Override
    public void apply() throws IOException {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Override
    public String told() {
      return "closed %s to other users".formatted(file);
    }
  }

  /** Makes {@code directory}, which lies under {@code home}. */
  record Make(KnightHome home, Path directory) implements Fix {
    @Override
    public void apply() throws IOException {
      home.make(directory);
    }

    @Override
    public String told() {
      return "made " + directory;
    }
  }

  /**
   * Removes {@code files}, which nobody uses and which hold nothing.
   *
   * @param turn keeps a service from starting meanwhile, whose own they would be
   */
  record Remove(Turn turn, List<Path> files) implements Fix {
    public Remove {
      files = List.copyOf(files);
    }

    @Override
    public void apply() throws IOException {
      Optional<Closeable> taken = turn.take();
      if (taken.isEmpty()) {
        throw new IOException("a knight has started meanwhile");
      }
      try (Closeable _ = taken.get()) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }

    @Override
    public String told() {
      return "removed " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
  }
}

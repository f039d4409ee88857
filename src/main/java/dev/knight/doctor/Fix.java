package dev.knight.doctor;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

  /** Removes {@code files}, which nobody uses and which hold nothing. */
  record Remove(List<Path> files) implements Fix {
    public Remove {
      files = List.copyOf(files);
    }

    @Override
    public void apply() throws IOException {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }

    @Override
    public String told() {
      return "removed " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever does it: one thread, or several. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemovalTest {
  /** Deeper than what is removed in its place. */
  private static final int DEEP = 30;

  @TempDir private Path place;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void nothing_is_left_of_a_wide_and_deep_tree(int cores) throws IOException {
    Path top = Files.createDirectory(place.resolve("top"));
    for (int wide = 0; wide < 20; wide++) {
      Path directory = top.resolve("part" + wide);
      for (int deep = 0; deep < DEEP; deep++) {
        directory = Files.createDirectories(directory.resolve("same"));
        Files.writeString(directory.resolve("a file before it"), "text");
        Files.createDirectory(directory.resolve("without anything"));
        Files.writeString(directory.resolve("zz"), "text");
      }
    }

    Removal.of(top, new SpareCores(cores));

    assertThat(place).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void no_link_is_followed_and_no_permission_is_in_the_way(int cores) throws IOException {
    Path kept = Files.createDirectory(place.resolve("kept"));
    Files.writeString(kept.resolve("file"), "text");
    Path top = Files.createDirectory(place.resolve("top"));
    for (int wide = 0; wide < 20; wide++) {
      Path directory = Files.createDirectory(top.resolve("part" + wide));
      Files.createSymbolicLink(directory.resolve("link"), kept);
      Files.createDirectory(directory.resolve("below"));
      Files.createSymbolicLink(directory.resolve("more"), kept);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("---------"));
    }

    Removal.of(top, new SpareCores(cores));

    assertThat(top).doesNotExist();
    assertThat(kept.resolve("file")).hasContent("text");
  }
}

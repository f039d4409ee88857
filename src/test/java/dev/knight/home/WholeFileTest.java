package dev.knight.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WholeFileTest {
  @TempDir Path directory;

  @Test
  void a_file_is_for_its_owner_alone() throws IOException {
    Path file = directory.resolve("file");

    WholeFile.write(file, to -> to.write("new".getBytes(StandardCharsets.UTF_8)));

    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void what_was_there_stays_when_the_new_one_fails() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");

    assertThatIOException()
        .isThrownBy(() ->
            WholeFile.write(
                file,
                to -> {
                  to.write('n');
                  throw new IOException("no room");
                }));

    assertThat(file).hasContent("old");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }
}

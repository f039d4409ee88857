package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/lib/aot.sh} leaves beside a jar, with a JDK that is none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AotCachesTest {
  private static final String MAKES_ALL =
      """
      while [ "$1" != train ]; do shift; done
      for life in service client bridge; do echo new >"$2/$life.aot"; done
      """;

  private static final String DOES_NOT_SERVE =
      """
      echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2
      echo 'Exception in thread "main" java.lang.IllegalStateException: It said:' >&2
      echo 'knight: its home is on a disk that is full' >&2
      exit 1
      """;

  @TempDir private Path place;

  private Path lib;
  private Path jar;

  @BeforeEach
  void a_jar_with_a_cache_of_an_earlier_jdk() throws IOException {
    lib = Files.createDirectory(place.resolve("lib"));
    jar = Files.createFile(lib.resolve("knight.jar"));
    Files.writeString(lib.resolve("knight.client.aot"), "old");
  }

  @Test
  void each_is_new_and_nothing_else_is_left() throws Exception {
    assertThat(said(0, MAKES_ALL)).isEmpty();

    assertThat(left())
        .containsExactly(
            "knight.bridge.aot", "knight.client.aot", "knight.jar", "knight.service.aot");
    assertThat(lib.resolve("knight.client.aot")).hasContent("new");
    assertThat(Files.getPosixFilePermissions(lib.resolve("knight.client.aot")))
        .isEqualTo(Files.getPosixFilePermissions(jar));
  }

  @Test
  void where_there_can_be_no_jail_they_are_made_without() throws Exception {
    assertThat(said(0, "[ \"$KNIGHT_SANDBOX\" = none ] || exit 1\n" + MAKES_ALL)).isEmpty();

    assertThat(lib.resolve("knight.service.aot")).hasContent("new");
  }

  @Test
  void where_none_can_be_made_one_sentence_says_why_and_none_is_left() throws Exception {
    assertThat(said(1, DOES_NOT_SERVE))
        .startsWith("knight: no AOT cache could be made")
        .endsWith(": its home is on a disk that is full\n")
        .hasLineCount(1);

    assertThat(left()).containsExactly("knight.jar");
  }

  @Test
  void a_jdk_that_says_nothing_is_told_of_as_well() throws Exception {
    assertThat(said(1, "exit 1")).endsWith(": nothing was said of it.\n").hasLineCount(1);
    assertThat(said(1, "exit 0")).endsWith(": the JDK wrote none.\n").hasLineCount(1);
    assertThat(left()).containsExactly("knight.jar");
  }

  /** What it says with a JDK whose {@code java} is {@code script}. */
  private String said(int code, String script) throws Exception {
    Path jdk = place.resolve("jdk");
    Path bin = Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String program : List.of("java", "javac")) {
      Files.writeString(bin.resolve(program), "#!/bin/sh\n" + script);
      assertThat(bin.resolve(program).toFile().setExecutable(true)).isTrue();
    }
    ProcessBuilder builder =
        new ProcessBuilder("scripts/lib/aot.sh", jar.toString()).redirectErrorStream(true);
    builder.environment().put("HOME", place.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }

  private List<String> left() throws IOException {
    try (var files = Files.list(lib)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

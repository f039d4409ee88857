package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pi {@code scripts/lib/tools.sh} wants to fetch, where nothing is there that fetches. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ToolsTest {
  private static final String HOST =
      Map.of("amd64", "x86_64").getOrDefault(System.getProperty("os.arch"), "aarch64");

  @TempDir private Path place;

  @ParameterizedTest
  @ValueSource(strings = {"", "-linux"})
  void there_is_one_for_this_machine_whatever_shell_the_words_for_it_come_from(String more)
      throws Exception {
    assertThat(said(Map.of("OSTYPE", "linux", "HOSTTYPE", HOST + more)))
        .startsWith("knight: npm is needed to fetch pi once");
  }

  @Test
  void for_another_kind_of_machine_there_is_none() throws Exception {
    assertThat(said(Map.of("OSTYPE", "linux-gnu", "HOSTTYPE", "riscv64")))
        .startsWith("knight: pi is pinned for Linux on x86-64 and arm64");
  }

  private String said(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "scripts/lib/tools.sh", "pi").redirectErrorStream(true);
    builder.environment().put("KNIGHT_CACHE", place.resolve("cache").toString());
    builder.environment().put("PATH", few().toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    return said;
  }

  /** A directory with what it needs to look, and without npm. */
  private Path few() throws IOException {
    Path bin = Files.createDirectories(place.resolve("bin"));
    for (String program : List.of("readlink", "cksum", "mkdir", "rm", "uname")) {
      Files.copy(Path.of("/usr/bin", program), bin.resolve(program));
    }
    return bin;
  }
}

package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FrameworkCacheTest {
  @TempDir private Path root;

  @Test
  void what_killed_processes_left_goes_and_nothing_else() throws IOException {
    KnightHome home = new KnightHome(root.resolve("k"));
    Path cache = Files.createDirectories(home.cache());
    Path elsewhere = Files.createFile(root.resolve("elsewhere"));
    Files.createFile(Files.createDirectories(cache.resolve("vertx/a")).resolve("b"));
    Files.createDirectory(cache.resolve("vertx-12"));
    Files.createSymbolicLink(cache.resolve("vertx-12/link"), elsewhere);
    Files.createDirectory(cache.resolve("commands"));
    Files.createDirectory(cache.resolve("vertx-other"));

    FrameworkCache.clear(home);

    assertThat(cache)
        .isDirectoryNotContaining("glob:**/vertx")
        .isDirectoryNotContaining("glob:**/vertx-12")
        .isDirectoryContaining("glob:**/vertx-other")
        .isDirectoryContaining("glob:**/commands");
    assertThat(elsewhere).exists();
  }

  @Test
  void a_new_home_has_none() {
    FrameworkCache.clear(new KnightHome(root.resolve("k")));

    assertThat(root.resolve("k")).doesNotExist();
  }
}

package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What commands print, written down. With {@code RENEW=1} in the environment it is written anew.
 */
final class Golden {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Golden() {}

  /** That {@code printed} is what {@code file} of the test's resources says. */
  static void assertSame(String file, String printed) throws IOException {
    Path written = RESOURCES.resolve(file);
    if (!System.getenv().getOrDefault("RENEW", "").isEmpty()) {
      Files.createDirectories(written.getParent());
      Files.writeString(written, printed);
      return;
    }
    assertThat(printed)
        .as("%s; if this is meant: RENEW=1 scripts/test -Dtest=CommandLineTest,ShowTest", written)
        .isEqualTo(Files.exists(written) ? Files.readString(written) : "");
  }
}

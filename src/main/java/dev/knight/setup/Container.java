package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.home.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What docker needs to run knight with the settings that were just made. */
final class Container {
  private static final String COMPOSE = "/setup/compose.yaml";

  private final Circumstances here;

  Container(Circumstances here) {
    this.here = here;
  }

  /**
   * Writes {@code compose.yaml} and {@code .env} beside the settings, unless somebody has.
   *
   * @return what to run
   */
  String write() {
    Path directory = requireNonNull(here.file().toAbsolutePath().getParent());
    Path compose = directory.resolve("compose.yaml");
    try {
      if (!Files.exists(compose)) {
        try (InputStream in = requireNonNull(Container.class.getResourceAsStream(COMPOSE))) {
          byte[] text = in.readAllBytes();
          WholeFile.write(compose, out -> out.write(text));
        }
      }
      Path variables = directory.resolve(".env");
      if (!Files.exists(variables)) {
        byte[] text = "COMPOSE_PROJECT_NAME=knight\n".getBytes(StandardCharsets.UTF_8);
        WholeFile.write(variables, out -> out.write(text));
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(compose + " cannot be written", unwritable);
    }
    return """
    Build the image once, in a checkout of knight: docker build -f Dockerfile.native -t knight .
    Then start it:  docker compose -f %1$s up -d
    Ask it:         docker compose -f %1$s exec knight knight jobs\
    """
        .formatted(compose);
  }
}

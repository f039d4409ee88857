package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.home.WholeFile;
import dev.knight.hygiene.ShellWord;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What docker needs to run knight with the settings that were just made. */
final class Container {
  private static final String COMPOSE = "compose.yaml";

  /** What is copied as it is, where this knight has it; compose.yaml names the others. */
  private static final List<String> COPIED = List.of(COMPOSE, "seccomp-bwrap.json");

  private final House house;
  private final Path directory;

  /** Beside {@code file}, which has the settings. */
  Container(House house, Path file) {
    this.house = house;
    this.directory = requireNonNull(file.toAbsolutePath().getParent());
  }

  /**
   * Writes what compose needs: its own file and {@code .env} unless somebody has, and the secrets
   * of {@code draft}, each in a file.
   *
   * @return what to run, and what else to know
   */
  List<String> write(Draft draft) {
    List<String> words = new ArrayList<>();
    try {
      for (String file : COPIED) {
        copy(file);
      }
      put(directory.resolve(".env"), "COMPOSE_PROJECT_NAME=knight\n");
      secret("github-token", secret(draft, GitHubStep.TOKEN, GitHubStep.TOKEN_FILE), words);
      secret("model-api-key", secret(draft, ModelStep.KEY, ModelStep.KEY_FILE), words);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(directory + " cannot be written", unwritable);
    }
    Path compose = directory.resolve(COMPOSE);
    words.add(
        "The container's user is number 1000: sudo chown 1000 on these files, if you are not.");
    words.add("Once, in a checkout of knight: docker build -f Dockerfile.native -t knight .");
    words.add("Start it: docker compose -f %s up -d".formatted(ShellWord.of(compose)));
    words.add(
        "Ask it:   docker compose -f %s exec knight knight jobs".formatted(ShellWord.of(compose)));
    return words;
  }

  private Optional<Secret> secret(Draft draft, String key, String file) {
    return draft
        .value(key)
        .map(Secret::new)
        .or(() -> draft.value(file).map(named -> house.secret(file, Path.of(named))));
  }

  private void secret(String name, Optional<Secret> secret, List<String> words) throws IOException {
    if (secret.isEmpty()) {
      words.add("There is no %s: take it out of %s.".formatted(name, directory.resolve(COMPOSE)));
      return;
    }
    Path file = directory.resolve(name);
    byte[] text = (secret.get().reveal() + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(text));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
  }

  private void copy(String name) throws IOException {
    if (Files.exists(directory.resolve(name))) {
      return;
    }
    try (@Nullable InputStream in = Container.class.getResourceAsStream("/setup/" + name)) {
      if (in != null) {
        put(directory.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } else if (name.equals(COMPOSE)) {
        throw new MisconfiguredException(
            "This knight was built without compose.yaml: take config/compose.yaml of a checkout");
      }
    }
  }

  private static void put(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}

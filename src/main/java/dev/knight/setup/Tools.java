package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import dev.knight.home.KnightHome;
import dev.knight.home.OtherProgram.Ended;
import dev.knight.home.WholeFile;
import dev.knight.hygiene.ShellWord;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Installs what knight needs besides itself, by the same script that a checkout does it with. */
final class Tools {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> FILES = List.of("tools.sh", "pins", "pi.sh");

  private final KnightHome home;
  private final Map<String, String> environment;

  Tools(KnightHome home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /** Where tools are put: nothing outside of it is touched. */
  Path cache() {
    String named = environment.getOrDefault("KNIGHT_CACHE", "");
    if (!named.isBlank()) {
      return Path.of(named).resolve("tools");
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        xdg.isBlank()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
            : Path.of(xdg);
    return caches.resolve("knight").resolve("tools");
  }

  /**
   * Installs {@code tool}, unless it is there.
   *
   * @param progress is told what the script says of it
   * @return where its executable is
   * @throws MisconfiguredException with the script's own reason if it cannot
   */
  Path install(String tool, Consumer<String> progress) {
    try {
      Path scripts = unpacked();
      StringBuilder last = new StringBuilder();
      Ended execution =
          Execution.of(
                  List.of("bash", scripts.resolve("tools.sh").toString(), tool),
                  new HashMap<>(environment),
                  PATIENCE,
                  line -> {
                    last.setLength(0);
                    last.append(line.replaceFirst("^knight: ", ""));
                    progress.accept(last.toString());
                  })
              .orElseThrow(() -> failed(tool, "bash is not there, or it took too long"));
      if (!execution.isGood()) {
        throw failed(tool, last.toString());
      }
      return Path.of(execution.lastLine());
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be written: check that it is yours and that its disk has room"
              .formatted(home.cache()),
          unwritable);
    }
  }

  /**
   * Makes {@code executable} one that runs {@code program}, which finds its own files by its name.
   */
  void link(Path program, Path executable) {
    String text = "#!/bin/sh\nexec %s \"$@\"\n".formatted(ShellWord.of(program));
    try {
      home.make(requireNonNull(executable.getParent()));
      WholeFile.write(executable, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be written: check that it is yours".formatted(executable), unwritable);
    }
  }

  private static MisconfiguredException failed(String tool, String why) {
    return new MisconfiguredException("%s cannot be installed: %s".formatted(tool, why));
  }

  private Path unpacked() throws IOException {
    Path directory = home.make(home.cache().resolve("setup"));
    for (String file : FILES) {
      try (InputStream in =
          requireNonNull(Tools.class.getResourceAsStream("/setup/tools/" + file), file)) {
        Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return directory;
  }
}

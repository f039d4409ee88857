package dev.knight.agent;

import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pi as it is installed: found, and new enough. */
final class PiExecutable {
  private static final String INSTALL =
      "install it with: npm install -g @earendil-works/pi-coding-agent@1.5.2";

  /** A number anywhere in what {@code pi --version} says. */
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private static final int LONGEST_ANSWER = 4096;
  private static final int PATIENCE_SECONDS = 30;

  private PiExecutable() {}

  /**
   * Where {@code command} is.
   *
   * @throws MisconfiguredException when it is nowhere
   */
  static Path find(AgentSettings settings) {
    String command = settings.command();
    Stream<Path> places =
        command.contains("/")
            ? Stream.of(Path.of(command))
            : Pattern.compile(":")
                .splitAsStream(settings.path())
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, command));
    return places
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(() ->
            new MisconfiguredException(
                "Cannot find pi as \"%s\": %s, or set knight.agent.command"
                    .formatted(command, INSTALL)));
  }

  /**
   * Makes sure that {@code pi} says what knight understands: older ones do not tell when a run is
   * over, nor refuse what a repository wants loaded.
   *
   * @throws MisconfiguredException when it does not run, or is another one
   */
  static void check(Path pi, Map<String, String> environment) {
    String answer = version(pi, environment);
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      throw new MisconfiguredException(
          "%s --version does not say a version but \"%s\": %s"
              .formatted(pi, OneLine.of(answer, 100), INSTALL));
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    if (major != 1 || minor < 1) {
      throw new MisconfiguredException(
          "%s is version %s, and knight needs 1.1 or a later 1.x: %s"
              .formatted(pi, version.group(), INSTALL));
    }
  }

  private static String version(Path pi, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(pi.toString(), "--version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().clear();
      builder.environment().putAll(environment);
      return answer(builder.start())
          .orElseThrow(
              () -> new MisconfiguredException(pi + " --version does not answer: " + INSTALL));
    } catch (IOException e) {
      throw new MisconfiguredException("Cannot run " + pi + ": " + INSTALL, e);
    }
  }

  private static Optional<String> answer(Process process) throws IOException {
    try (var out = process.getInputStream()) {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended
          ? Optional.of(new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}

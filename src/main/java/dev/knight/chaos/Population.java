package dev.knight.chaos;

import dev.knight.bridge.Innermost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes that run for one home: they name it in their arguments or their environment. Only
 * these are ever killed. Where there is no {@code /proc}, none is found.
 */
final class Population {
  private static final Path PROC = Path.of("/proc");

  private final String home;
  private final Pattern bridge;

  Population(Path home) {
    this.home = home.toString();
    this.bridge = Pattern.compile(" bridge " + Pattern.quote(home + "/run/") + "(\\S+) $");
  }

  /** A bridge that lives, and the conversation that is its. */
  record Bridge(String conversation, ProcessHandle process) {
    /** pi, unless it is starting or has ended. */
    Optional<ProcessHandle> pi() {
      return process.children().findFirst().flatMap(Innermost::of);
    }

    /** What pi runs. */
    List<ProcessHandle> tools() {
      return pi().stream().flatMap(ProcessHandle::children).toList();
    }
  }

  /** The bridges that live. */
  List<Bridge> bridges() {
    return ProcessHandle.allProcesses().flatMap(process -> bridge(process).stream()).toList();
  }

  private Optional<Bridge> bridge(ProcessHandle process) {
    Matcher matcher = bridge.matcher(text(process, "cmdline"));
    return matcher.find() && !text(process, "cmdline").startsWith("setsid")
        ? Optional.of(new Bridge(matcher.group(1), process))
        : Optional.empty();
  }

  /** All of them; never this process. */
  List<ProcessHandle> all() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process ->
            text(process, "cmdline").contains(home) || text(process, "environ").contains(home))
        .toList();
  }

  private static String text(ProcessHandle process, String what) {
    try {
      Path file = PROC.resolve(Long.toString(process.pid())).resolve(what);
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException _) {
      return ""; // ended just now, or another user's
    }
  }
}

package dev.knight.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and all below it use, as the kernel counts it.
 *
 * @param cpuMillis processor time of those that live, and of their children that have ended
 * @param peakKib the most resident memory that each of them had, together
 * @param pssKib memory now, where what is shared is counted once
 */
record Usage(double cpuMillis, long peakKib, long pssKib) {
  /** The kernel's unit in stat; USER_HZ is this on every Linux. */
  private static final int MILLIS_PER_TICK = 10;

  /** After the name in parentheses: the fields utime, stime, cutime and cstime. */
  private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

  /** Of {@code process} and its descendants. */
  static Usage of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(ProcessHandle::pid)
        .map(Usage::ofOne)
        .reduce(new Usage(0, 0, 0), Usage::plus);
  }

  /** Processor time of the processes that this one has started and seen end. */
  static double childrenMillis() {
    return millis(ProcessHandle.current().pid(), TIMES.subList(2, TIMES.size()));
  }

  /** The most resident memory that one process has had; 0 if it is gone. */
  static long peakKib(long pid) {
    return kib(pid, "status", "VmHWM:");
  }

  /** Of the process {@code pid} alone. */
  static Usage ofOne(long pid) {
    return new Usage(millis(pid, TIMES), peakKib(pid), kib(pid, "smaps_rollup", "Pss:"));
  }

  private Usage plus(Usage other) {
    return new Usage(cpuMillis + other.cpuMillis, peakKib + other.peakKib, pssKib + other.pssKib);
  }

  private static double millis(long pid, List<Integer> fields) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return fields.stream().mapToLong(field -> Long.parseLong(words[field])).sum()
        * (double) MILLIS_PER_TICK;
  }

  private static long kib(long pid, String file, String key) {
    return read(pid, file)
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .sum();
  }

  /** Empty for a process that has ended meanwhile. */
  private static String read(long pid, String file) {
    try {
      byte[] content = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}

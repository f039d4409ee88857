package dev.knight.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel lets this process have: open files, processes, namespaces, memory. */
public final class LimitsCheck implements Check {
  private static final long FILES = 4096;
  private static final long PROCESSES = 1024;

  /** An agent and its tools take two or three. */
  private static final long NAMESPACES = 64;

  /** Of an agent and what it runs, in kB. */
  private static final long MEMORY = 1L << 20;

  private final Path processes;

  /** The limits of this process. */
  public LimitsCheck() {
    this(Path.of("/proc"));
  }

  LimitsCheck(Path processes) {
    this.processes = processes;
  }

  @Override
  public String id() {
    return "limits";
  }

  @Override
  public String title() {
    return "Limits of the system";
  }

  @Override
  public List<Result> look() throws IOException {
    if (!Files.exists(processes.resolve("self/limits"))) {
      return List.of(Result.skipped(id(), title(), "this system does not tell them"));
    }
    String limits = Files.readString(processes.resolve("self/limits"));
    long files = number(limits, "Max open files +(\\d+)");
    long most = number(limits, "Max processes +(\\d+)");
    long free = number(Files.readString(processes.resolve("meminfo")), "MemAvailable: +(\\d+)");
    long spaces = namespaces();
    List<Result> wrong = new ArrayList<>();
    if (files < FILES) {
      wrong.add(
          doubtful(
              "files",
              "only %d files may be open at a time".formatted(files),
              "ulimit -n 65536 in the shell that starts knight, or LimitNOFILE=65536 in its unit"));
    }
    if (most < PROCESSES) {
      wrong.add(
          doubtful(
              "processes",
              "this account may have only %d processes".formatted(most),
              "ulimit -u 8192 in the shell that starts knight, or TasksMax=8192 in its unit"));
    }
    if (spaces < NAMESPACES) {
      wrong.add(
          doubtful(
              "namespaces",
              "this account may have only %d user namespaces, and every jail is one"
                  .formatted(spaces),
              "echo user.max_user_namespaces=15000 | sudo tee /etc/sysctl.d/99-knight.conf && sudo"
                  + " sysctl --system"));
    }
    if (free < MEMORY) {
      wrong.add(
          doubtful(
              "memory",
              "%d MB of memory are free, which is little for an agent and a build"
                  .formatted(free >> 10),
              "end what is not needed, add swap, or set knight.workers: 1"));
    }
    return wrong.isEmpty()
        ? List.of(
            Result.good(
                id(),
                title(),
                "%s open files, %s processes, %.1f GB of memory free"
                    .formatted(words(files), words(most), free / (double) (1 << 20))))
        : List.copyOf(wrong);
  }

  private Result doubtful(String part, String reason, String mend) {
    return Result.doubtful(id() + "." + part, title(), reason, mend);
  }

  private long namespaces() throws IOException {
    Path file = processes.resolve("sys/user/max_user_namespaces");
    return Files.isReadable(file) ? number(Files.readString(file), "^(\\d+)") : Long.MAX_VALUE;
  }

  /** What is not a number has no limit. */
  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    return found.find() && found.group(1).length() < 18
        ? Long.parseLong(found.group(1))
        : Long.MAX_VALUE;
  }

  private static String words(long number) {
    return number == Long.MAX_VALUE ? "any number of" : Long.toString(number);
  }
}

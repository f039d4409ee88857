package dev.knight.overlay;

import dev.knight.home.KnightHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The process that holds the namespace in which one layered directory is whole. It does nothing but
 * sleep, and outlives the service, as jails do. Its record says which it is; a number alone would
 * not, since numbers come back.
 *
 * @param pid its number
 * @param birth when it began and in which life of the machine: no other process has both
 * @param directory what it shows, by its real path
 */
public record Keeper(long pid, String birth, Path directory) {
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int PATIENCE_SECONDS = 30;

  /**
   * Waits for a word, so that nothing is mounted by a process that is not on record. Deaf to the
   * keys of the service's terminal.
   */
  private static final String HOLD =
      """
      trap '' HUP INT QUIT
      read -r begin || exit 1
      mount -n -t overlay -o "$1" knight "$2" || exit 1
      echo held
      exec sleep 2147483647 </dev/null >/dev/null 2>&1
      """;

  private static final List<String> WORDS =
      List.of("/bin/sh", "-c", "exec unshare -U -r -m --propagation slave /bin/sh -c \"$@\"", "sh");

  private static final String HELD = "held";

  /**
   * The living one that shows {@code directory}, if there is one: who enters its namespace sees all
   * files there.
   */
  public static Optional<Keeper> find(KnightHome home, Path directory) throws IOException {
    return recorded(home, directory).filter(Keeper::isAlive);
  }

  /** Whether one is to show {@code directory}, living or dead: without it files are missing. */
  public static boolean isOnRecord(KnightHome home, Path directory) throws IOException {
    return recorded(home, directory).isPresent();
  }

  /** All that are on record in {@code home}, living or dead. */
  static List<Keeper> all(KnightHome home) throws IOException {
    List<Keeper> all = new ArrayList<>();
    if (Files.isDirectory(home.run())) {
      try (DirectoryStream<Path> records = Files.newDirectoryStream(home.run(), "*.overlay")) {
        for (Path record : records) {
          read(record).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static Optional<Keeper> recorded(KnightHome home, Path directory) throws IOException {
    Optional<Keeper> keeper = read(record(home, directory));
    return keeper.isPresent() && keeper.get().directory.equals(real(directory))
        ? keeper
        : Optional.empty();
  }

  private static Optional<Keeper> read(Path record) throws IOException {
    try {
      List<String> lines = Files.readAllLines(record);
      return lines.size() == 3
          ? Optional.of(
              new Keeper(Long.parseLong(lines.get(0)), lines.get(1), Path.of(lines.get(2))))
          : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException _) {
      return Optional.empty(); // or half written, before there was anything to show
    }
  }

  /**
   * The real path of {@code directory}, which is no link itself, whether or not it, or what it lies
   * in, is there.
   */
  static Path real(Path directory) throws IOException {
    Path parent = Objects.requireNonNull(directory.getParent(), "it lies in a directory");
    return (Files.exists(parent) ? parent.toRealPath() : real(parent))
        .resolve(directory.getFileName());
  }

  /**
   * Starts one for {@code layers}, named by their real paths, which nobody shows.
   *
   * @throws LayersException with what the kernel or a tool had against it
   */
  static Keeper start(KnightHome home, Layers layers) throws IOException {
    List<String> command = new ArrayList<>(WORDS);
    command.addAll(List.of(HOLD, "keeper", layers.options(), layers.own().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
    builder.environment().clear();
    // The last tells whoever wonders about it what it is for.
    builder
        .environment()
        .putAll(Map.of("PATH", PATH, "LANG", "C.UTF-8", "KEPT", layers.own().toString()));
    Process process = builder.start();
    try {
      Keeper keeper = new Keeper(process.pid(), birth(process.pid()), layers.own());
      keeper.write(home);
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      String said = answer(process);
      if (!said.equals(HELD)) {
        throw new IOException(said.isEmpty() ? "unshare or mount said nothing" : said);
      }
      process.getInputStream().close();
      return keeper;
    } catch (InterruptedIOException ended) {
      giveUp(process, home, layers);
      throw ended;
    } catch (IOException failed) {
      giveUp(process, home, layers);
      throw new LayersException(failed.getMessage(), failed);
    }
  }

  private static void giveUp(Process process, KnightHome home, Layers layers) throws IOException {
    process.destroyForcibly();
    forget(home, layers.own());
  }

  /** By a thread of its own: a tool that hangs must not hang the service. */
  private static String answer(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    CompletableFuture<@Nullable String> line = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        line.complete(reader.readLine());
      } catch (IOException failed) {
        line.completeExceptionally(failed);
      }
    });
    try {
      return Optional.ofNullable(line.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).orElse("");
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("nothing is mounted: " + failed, failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while it was mounted");
    }
  }

  private void write(KnightHome home) throws IOException {
    home.make(home.run());
    Files.writeString(record(home, directory), "%d\n%s\n%s\n".formatted(pid, birth, directory));
  }

  private static void forget(KnightHome home, Path directory) throws IOException {
    Files.deleteIfExists(record(home, directory));
  }

  private static Path record(KnightHome home, Path directory) {
    return home.keeper(directory.getFileName().toString());
  }

  /** Where all files are seen from outside. A link on the way there would lead back out. */
  public Path root() {
    return Path.of("/proc", Long.toString(pid), "root").resolve(directory.toString().substring(1));
  }

  /** Ends it. Whoever is in its namespace stays there, with all files. */
  void end(KnightHome home) throws IOException {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    forget(home, directory);
  }

  /** The same for the one that shows {@code directory}, if one is on record. */
  static void end(KnightHome home, Path directory) throws IOException {
    Optional<Keeper> keeper = recorded(home, directory);
    if (keeper.isPresent()) {
      keeper.get().end(home);
    }
  }

  /** One that is dead and not buried is dead. */
  private boolean isAlive() {
    try {
      return birth(pid).equals(birth);
    } catch (IOException _) {
      return false; // there is no such process
    }
  }

  /** The name of a program, in parentheses, is the only field that may hold a space. */
  private static String birth(long pid) throws IOException {
    String life = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    String facts = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = facts.substring(facts.lastIndexOf(')') + 2).split(" ", -1);
    if (fields[0].equals("Z")) {
      throw new IOException("Process %d has ended".formatted(pid));
    }
    return life + " " + fields[19];
  }
}

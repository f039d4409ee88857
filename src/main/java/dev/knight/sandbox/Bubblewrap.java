package dev.knight.sandbox;

import dev.knight.home.KnightHome;
import dev.knight.overlay.Keeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The jail: a program in namespaces of its own, made by {@code bwrap} of the service's own user.
 *
 * <p>Inside there is one unprivileged user, whoever the service is; no right of the kernel's, and
 * none to be had; no other process; no network but an empty loopback; a system to read, and what
 * the {@link Cell} names. Everything dies with the thread that started it.
 *
 * <p>Where what it sees lies in layers, it is made in the namespace of the {@link Keeper} that
 * shows them, which is one more around it and gives it nothing.
 *
 * <p>The words for {@code bwrap} go over a descriptor, because those of its command line can be
 * read inside, and its environment is emptied, because that can be read as well.
 */
public final class Bubblewrap implements Sandbox {
  /** The one user inside. */
  static final int USER = 1000;

  /** Few enough that the machine survives; enough for a build with many threads. */
  private static final int PROCESSES = 4096;

  private static final int OPEN_FILES = 8192;

  /** In the 512 bytes of POSIX: 4 GB. */
  private static final int LARGEST_FILE = 8 * 1024 * 1024;

  private static final long TEMPORARY = 2L << 30;
  private static final long SHARED_MEMORY = 512L << 20;
  private static final long DOORS = 16L << 20;

  /**
   * Opens what {@code bwrap} reads, limits what it and all below it may use, and becomes it, in the
   * namespace of a process if one is named. Shells disagree about the name of the number of
   * processes.
   */
  private static final String SCRIPT =
      """
      files=$1 bwrap=$2 enter=${3:+nsenter -t $3 -U -m --preserve-credentials}
      shift 3
      ulimit -c 0
      ulimit -f %d
      ulimit -n %d 2>/dev/null
      ulimit -u %d 2>/dev/null || ulimit -p %d 2>/dev/null
      echo 900 2>/dev/null >/proc/self/oom_score_adj
      exec 3<"$files"passwd 4<"$files"group 5<"$files"hosts 6<"$files"nsswitch.conf \
      8<"$files"words 9<"$files"filter
      PATH=/usr/sbin:/usr/bin:/sbin:/bin
      exec $enter /usr/bin/env -i "$bwrap" --args 8 -- "$@"
      """
          .formatted(LARGEST_FILE, OPEN_FILES, PROCESSES, PROCESSES);

  private final Path executable;
  private final Machine machine;
  private final SystemView system;
  private final List<Path> paths;
  private final KnightHome home;

  /**
   * Nothing is looked at yet.
   *
   * @param executable {@code bwrap}
   * @param paths what every cell sees besides the system, at its own place, for reading
   * @param home where it is written what lies in layers
   */
  Bubblewrap(
      Path executable, Machine machine, SystemView system, List<Path> paths, KnightHome home) {
    this.executable = executable;
    this.machine = machine;
    this.system = system;
    this.paths = List.copyOf(paths);
    this.home = home;
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public boolean isNone() {
    return false;
  }

  /** Where {@code bwrap} is. */
  Path executable() {
    return executable;
  }

  /** The processor that its filter is for. */
  Machine machine() {
    return machine;
  }

  /**
   * As {@link Sandbox#command(Cell)}. The same cell gives the same command, and another one gives
   * another: the files bear a sum of what they hold.
   */
  @Override
  public List<String> command(Cell cell) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>(Identity.files(cell.environment()));
    files.put("words", nulTerminated(words(cell)));
    files.put("filter", SeccompFilter.of(machine));
    String prefix = JailFiles.write(cell.files(), files);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "knight-jail"));
    command.addAll(List.of(prefix, executable.toString(), keeper(cell)));
    command.addAll(cell.program());
    return List.copyOf(command);
  }

  /**
   * The number of the process in whose namespace all that {@code cell} sees is whole; or empty. In
   * no other place is it whole, so where that process was killed there is no jail.
   */
  private String keeper(Cell cell) throws IOException {
    for (Mount mount : cell.mounts()) {
      Optional<Keeper> keeper = Keeper.find(home, mount.outside());
      if (keeper.isPresent()) {
        return Long.toString(keeper.get().pid());
      }
      if (Keeper.isOnRecord(home, mount.outside())) {
        throw new IOException("What showed %s has ended".formatted(mount.outside()));
      }
    }
    return "";
  }

  private List<String> words(Cell cell) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--unshare-all", "--unshare-user", "--disable-userns"));
    words.addAll(List.of("--uid", "" + USER, "--gid", "" + USER, "--cap-drop", "ALL"));
    words.addAll(List.of("--die-with-parent", "--new-session", "--hostname", "knight-job"));
    words.addAll(List.of("--seccomp", "9", "--clearenv"));
    tmpfs(words, "0755", DOORS, "/run");
    words.addAll(List.of("--perms", "0755", "--dir", "/etc"));
    words.addAll(system.words());
    data(words, 3, "passwd");
    data(words, 4, "group");
    data(words, 5, "hosts");
    data(words, 6, "nsswitch.conf");
    words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    tmpfs(words, "1777", SHARED_MEMORY, "/dev/shm");
    tmpfs(words, "1777", TEMPORARY, "/tmp");
    for (Path path : paths) {
      mount(words, Mount.readOnly(path));
    }
    for (Mount mount : cell.mounts()) {
      mount(words, mount);
    }
    // /proc too: its settings of the kernel ask for the user outside, who may be root.
    for (String sealed : List.of("/proc", "/dev", "/run", "/")) {
      words.addAll(List.of("--remount-ro", sealed));
    }
    new TreeMap<>(cell.environment())
        .forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
    words.addAll(List.of("--chdir", cell.directory().toString()));
    return words;
  }

  private static void tmpfs(List<String> words, String mode, long size, String place) {
    words.addAll(List.of("--perms", mode, "--size", "" + size, "--tmpfs", place));
  }

  private static void data(List<String> words, int descriptor, String name) {
    words.addAll(List.of("--perms", "0444", "--ro-bind-data", "" + descriptor, "/etc/" + name));
  }

  /** A link to a file stays a link: what lies beside its end is found from there. */
  private static void mount(List<String> words, Mount mount) throws IOException {
    if (Files.isSymbolicLink(mount.outside()) && Files.isRegularFile(mount.outside())) {
      String target = Files.readSymbolicLink(mount.outside()).toString();
      words.addAll(List.of("--symlink", target, mount.inside().toString()));
      return;
    }
    String bind =
        switch (mount.access()) {
          case READ_ONLY -> "--ro-bind";
          case WRITABLE -> "--bind";
        };
    words.addAll(List.of(bind, mount.outside().toString(), mount.inside().toString()));
  }

  private static byte[] nulTerminated(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (word.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("A word with a NUL would be two");
      }
      text.append(word).append('\0');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

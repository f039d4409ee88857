package dev.knight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.home.KnightHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What runs in a jail, and how a jail is told what to show. {@link EscapeTest} tries to get out.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JailTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private Path worktree;
  private Path files;
  private Bubblewrap jail;

  @BeforeEach
  void jail() throws IOException {
    worktree = Files.createDirectory(directory.resolve("worktree"));
    files = Files.createDirectory(directory.resolve("files"));
    jail = jail(List.of());
  }

  @Test
  void it_sees_what_it_is_shown_and_its_own_environment() throws IOException {
    Path mirror = Files.createDirectory(directory.resolve("mirror"));
    Files.writeString(mirror.resolve("packed"), "objects");
    Files.writeString(directory.resolve("beside"), "hidden");

    String said =
        inside(
            List.of(Mount.readOnly(mirror), new Mount(Mount.Access.WRITABLE, worktree, work())),
            "env | sort; pwd; ls %s; cat mirror/packed 2>&1 %s/packed; echo made >made"
                .formatted(directory, mirror));

    assertThat(said.lines().filter(line -> !line.startsWith("_=")))
        .containsExactly(
            "HOME=/work",
            "NAME=two words",
            "PATH=/usr/bin:/bin",
            "PWD=/work",
            "/work",
            "mirror",
            "cat: mirror/packed: No such file or directory",
            "objects");
    assertThat(worktree.resolve("made")).hasContent("made");
  }

  @Test
  void it_is_one_ordinary_user_at_home_in_its_home() throws IOException {
    String said = inside(List.of(), "id -u; id -g; grep agent /etc/passwd; uname -n; umask >&2");

    assertThat(said.lines())
        .containsExactly("1000", "1000", "agent:x:1000:1000:agent:/work:/bin/sh", "knight-job");
  }

  @Test
  void a_link_to_a_file_stays_a_link() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "content");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

    String said =
        inside(
            List.of(Mount.readOnly(real), Mount.readOnly(link)),
            "readlink %s; cat %s".formatted(link, link));

    assertThat(said.lines()).containsExactly("real", "content");
  }

  @Test
  void the_owner_shows_more_by_its_path() throws IOException {
    Path sdk = Files.createDirectory(directory.resolve("sdk"));
    Files.writeString(sdk.resolve("tool"), "here");
    jail = jail(List.of(sdk));

    assertThat(inside(List.of(), "cat %s/tool; touch %s/x || echo kept".formatted(sdk, sdk)))
        .isEqualTo("herekept\n");
  }

  @Test
  void pi_and_java_run_in_it() throws IOException {
    Path pi = Path.of(System.getProperty("test.pi"));
    Path java = Path.of(System.getProperty("java.home"));
    List<Mount> mounts = new ArrayList<>(Installation.of(pi, List.of()).mounts());
    mounts.add(Mount.readOnly(java));
    mounts.add(new Mount(Mount.Access.WRITABLE, worktree, work()));
    Files.writeString(
        worktree.resolve("Hello.java"),
        """
        void main() throws Exception {
          Thread.ofVirtual().start(() -> IO.println(System.getProperty("user.home"))).join();
          IO.println(new ProcessBuilder("sh", "-c", "exit 7").start().waitFor());
          new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress()).close();
        }
        """);

    String said =
        inside(
            mounts,
            "%s --version && %s/bin/java Hello.java && perl -e 'print \"perl\\n\"'"
                .formatted(pi.toRealPath(), java));

    assertThat(said.lines()).hasSize(4).endsWith("/work", "7", "perl");
  }

  @Test
  void who_kills_it_kills_all_of_it() throws IOException, InterruptedException {
    Cell cell = cell(List.of(), "(setsid sleep 600 &) ; echo begun; sleep 600");
    ProcessBuilder builder = new ProcessBuilder(jail.command(cell));
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("begun");
      List<ProcessHandle> all = process.descendants().toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(3);

      process.destroyForcibly().waitFor();

      for (ProcessHandle each : all) {
        each.onExit().orTimeout(60, TimeUnit.SECONDS).join();
      }
    }
  }

  @Test
  void one_cell_is_one_command_and_another_is_another() throws IOException {
    List<String> first = jail.command(cell(List.of(), "true"));

    assertThat(jail.command(cell(List.of(), "true"))).isEqualTo(first);
    assertThat(jail.command(cell(List.of(Mount.readOnly(worktree)), "true"))).isNotEqualTo(first);
    assertThat(String.join(" ", first)).doesNotContain("two words");
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all).hasSize(12);
    }
  }

  @Test
  void half_of_what_it_reads_is_no_jail() throws IOException {
    List<String> command = jail.command(cell(List.of(), "echo out"));
    try (Stream<Path> all = Files.list(files)) {
      for (Path each : all.filter(file -> file.toString().endsWith(".words")).toList()) {
        Files.writeString(each, "");
      }
    }

    Trial.Result result = Trial.run(command, Map.of(), directory, PATIENCE);

    assertThat(result.code()).isNotZero();
    assertThat(result.out()).isEmpty();
  }

  @Test
  void a_word_that_would_be_two_is_refused() {
    Cell cell = new Cell(List.of("true"), work(), Map.of("A", "b\0--bind\0/\0/"), List.of(), files);

    assertThatThrownBy(() -> jail.command(cell)).isInstanceOf(IllegalArgumentException.class);
  }

  private String inside(List<Mount> mounts, String script) throws IOException {
    Trial.Result result =
        Trial.run(jail.command(cell(mounts, script)), Map.of("X", "y"), directory, PATIENCE);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private Cell cell(List<Mount> mounts, String script) {
    boolean hasWork = mounts.stream().anyMatch(mount -> mount.inside().equals(work()));
    return new Cell(
        List.of("/bin/sh", "-c", script),
        hasWork ? work() : Path.of("/tmp"),
        Map.of("PATH", "/usr/bin:/bin", "HOME", "/work", "NAME", "two words"),
        mounts,
        files);
  }

  private Bubblewrap jail(List<Path> shown) {
    return Jails.find(System.getenv("PATH"), shown, new KnightHome(directory.resolve("home")));
  }

  private static Path work() {
    return Path.of("/work");
  }
}

package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** {@code scripts/install}, and the service that it installs, as systemd would start it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InstallIT {
  private static final Path SCRIPT = Path.of("scripts/install").toAbsolutePath();

  @TempDir private Path place;

  @Test
  void an_upgrade_leaves_agents_at_work_and_can_be_taken_back() throws Exception {
    Path prefix = place.resolve("p");
    assertThat(install("--prefix", prefix.toString(), "--from", Program.JAR.toString()))
        .contains("is installed: " + prefix.resolve("bin/knight"), "is not on your PATH", "init");
    String first = version(prefix);
    assertThat(installed(prefix, "knight.service.aot")).isNotEmptyFile();
    assertThat(installed(prefix, "knight.client.aot")).isNotEmptyFile();
    assertThat(installed(prefix, "knight.bridge.aot")).isNotEmptyFile();
    Path socket = place.resolve("notify");
    try (Town town = new Town(place, InstallIT::slow);
        AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(AFUNIXSocketAddress.of(socket));
      Program knight =
          town.knight()
              .installed(prefix.resolve("bin/knight"))
              .with("JAVA_HOME", System.getProperty("java.home"))
              .with("NOTIFY_SOCKET", socket.toString())
              .with("KNIGHT_HTTP_PORT", freePort());
      Subject issue = town.ask(1);
      Service service = knight.serve();
      awaitWord(systemd, "READY=1\nSTATUS=knight ");
      town.await("a tool that works", () -> Files.exists(town.worktree(1).resolve("waiting")));

      // Twice, so that the agent's version is neither the newest nor the one before.
      assertThat(install("--prefix", prefix.toString(), "--no-cache", "--from", next("a")))
          .contains("The version before is kept");
      install("--prefix", prefix.toString(), "--no-cache", "--from", next("b"));
      assertThat(version(prefix)).isNotEqualTo(first);
      assertThat(versions(prefix)).hasSize(3).contains(first);

      service.process().destroy();
      assertThat(service.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
      awaitWord(systemd, "STOPPING=1");
      try (Service _ = knight.serve()) {
        town.await("pi found", () -> knight.run("show", "1").out().contains("re-attached"));
        Files.createFile(town.worktree(1).resolve("go"));
        assertThat(town.finalWord(issue)).contains("done:");
        assertThat(knight.run("show", "1").out()).contains("done, try 1");
      }
    }
    String newest = version(prefix);
    assertThat(install("--prefix", prefix.toString(), "--rollback")).contains("in force again");
    assertThat(version(prefix)).isNotIn(first, newest);
    install("--prefix", prefix.toString(), "--rollback");
    assertThat(version(prefix)).isEqualTo(newest);

    Files.createFile(prefix.resolve("bin/other"));
    assertThat(install("--prefix", prefix.toString(), "--uninstall")).contains("is gone from");
    assertThat(files(prefix)).containsExactly("bin/other", "lib/.knight.lock");
  }

  @Test
  void a_cache_that_is_of_no_use_is_passed_over_without_a_word() throws Exception {
    Path prefix = place.resolve("p");
    install("--prefix", prefix.toString(), "--no-cache", "--from", Program.JAR.toString());
    Path cache = installed(prefix, "knight.client.aot");
    assertThat(cache).doesNotExist();
    Files.writeString(cache, "from another JDK".repeat(1000));

    Program.Ended ended =
        new Program(Files.createDirectory(place.resolve("k")), Map.of())
            .installed(prefix.resolve("bin/knight"))
            .with("JAVA_HOME", System.getProperty("java.home"))
            .run("--version");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).matches("knight \\S+\\n");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void what_is_somebody_else_s_is_not_replaced() throws Exception {
    Path other = Files.createDirectories(place.resolve("p/bin")).resolve("knight");
    Files.writeString(other, "mine");

    String said = script(1, "--prefix", place.resolve("p").toString(), "--from", "pom.xml");

    assertThat(said).contains(other + " is there and not of this installer");
    assertThat(other).hasContent("mine");
  }

  @Test
  void a_program_that_does_not_start_is_not_installed() throws Exception {
    Path broken = Files.writeString(place.resolve("broken.jar"), "no jar");

    String said = script(1, "--prefix", place.resolve("p").toString(), "--from", broken.toString());

    assertThat(said).contains("this knight does not start here; nothing was installed");
    assertThat(files(place.resolve("p"))).containsExactly("lib/.knight.lock");
  }

  /** Another version: the same program with one file more. */
  private String next(String name) throws IOException {
    Path jar = Files.copy(Program.JAR, place.resolve(name + ".jar"));
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("version-of-a-test"), name);
    }
    return jar.toString();
  }

  private String install(String... arguments) throws Exception {
    return script(0, arguments);
  }

  private String script(int code, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(place, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("HOME", place.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("KNIGHT_"));
    Process process = builder.start();
    assertThat(process.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(code);
    return Files.readString(said);
  }

  private static String version(Path prefix) throws IOException {
    return Files.readSymbolicLink(prefix.resolve("lib/knight/current")).getFileName().toString();
  }

  private static Path installed(Path prefix, String file) {
    return prefix.resolve("lib/knight/current").resolve(file);
  }

  private static List<String> versions(Path prefix) throws IOException {
    try (var directories = Files.list(prefix.resolve("lib/knight/versions"))) {
      return directories.map(directory -> directory.getFileName().toString()).toList();
    }
  }

  private static List<String> files(Path prefix) throws IOException {
    try (var files = Files.walk(prefix)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> prefix.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static void awaitWord(AFUNIXDatagramSocket systemd, String word) throws IOException {
    systemd.setSoTimeout((int) Program.PATIENCE.toMillis());
    DatagramPacket heard = new DatagramPacket(new byte[1024], 1024);
    String said = "";
    while (!said.startsWith(word)) {
      systemd.receive(heard);
      said = new String(heard.getData(), 0, heard.getLength(), StandardCharsets.UTF_8);
    }
  }

  /** Its tool works until the test lets it end. */
  private static ModelAnswer slow(ModelRequest request) {
    boolean implementing = request.tools().contains("edit");
    return implementing && request.turn() == 1
        ? ModelAnswer.text("I wait.")
            .bash("touch waiting; until [ -e go ]; do sleep 0.1; done; rm waiting go")
        : Town.notes(request);
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}

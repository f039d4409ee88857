package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path home;
  private HttpServer service;
  private String answer = "{\"path\": \"/open?once=abc\", \"expiresAt\": \"2026-11-26T07:00:00Z\"}";

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/api/v1/logins",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void the_browser_that_is_named_is_started_with_the_link() throws IOException {
    Path seen = home.resolve("seen");
    Path browser = program("browser", "echo \"$@\" > " + seen);

    assertThat(run(Map.of("BROWSER", "nowhere-at-all:" + browser + " --new-window %s"))).isZero();

    assertThat(seen).content().isEqualTo("--new-window " + link() + "\n");
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "The dashboard is open in the browser at http://127.0.0.1:" + port());
  }

  @Test
  void without_a_browser_that_starts_the_link_is_printed() throws IOException {
    Path broken = program("broken", "exit 3");

    assertThat(run(Map.of("BROWSER", broken.toString()))).isZero();

    assertThat(out.toString()).isEqualToIgnoringNewLines(link());
    assertThat(err.toString()).contains("works once");
  }

  @Test
  void a_link_that_is_printed_starts_nothing() throws IOException {
    Path seen = home.resolve("seen");
    Path browser = program("browser", "echo \"$@\" > " + seen);

    assertThat(run(Map.of("BROWSER", browser.toString()), "--print")).isZero();
    assertThat(run(Map.of("BROWSER", browser.toString()), "--json")).isZero();

    assertThat(out.toString()).startsWith(link()).contains("\"url\"");
    assertThat(seen).doesNotExist();
  }

  @Test
  void the_link_names_the_address_that_the_service_is_known_by() throws IOException {
    answer =
        "{\"path\": \"/open?once=abc\", \"publicUrl\": \"https://knight.example:8443\","
            + " \"expiresAt\": \"2026-11-26T07:00:00Z\"}";

    assertThat(run(Map.of(), "--print")).isZero();

    assertThat(out.toString())
        .isEqualToIgnoringNewLines("https://knight.example:8443/open?once=abc");
  }

  @Test
  void without_a_service_there_is_no_dashboard() {
    FakeProgram program = new FakeProgram(home);

    assertThat(run(program, Map.of())).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).isEmpty();
  }

  private int run(Map<String, String> environment, String... args) throws IOException {
    FakeProgram program = new FakeProgram(home);
    program.serve();
    Files.createDirectories(program.home().run());
    Files.writeString(
        program.home().service(),
        "{\"url\": \"http://127.0.0.1:%d\", \"pid\": 1, \"started\": \"2026-11-26T07:00:00Z\"}"
            .formatted(port()));
    Files.writeString(program.home().apiToken(), "0123456789".repeat(7));
    return run(program, environment, args);
  }

  private int run(FakeProgram program, Map<String, String> environment, String... args) {
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 80);
    return new CommandLine(new OpenCommand(program, terminal, environment))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private Path program(String name, String line) throws IOException {
    Path file = home.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private String link() {
    return "http://127.0.0.1:%d/open?once=abc".formatted(port());
  }

  private int port() {
    return service.getAddress().getPort();
  }
}

package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.api.ServiceAddress;
import dev.knight.cli.Json;
import dev.knight.cli.Terminal;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HomeLockTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path directory;

  @Test
  void a_lock_is_held_until_it_is_closed() throws IOException {
    KnightHome home = new KnightHome(directory);

    try (HomeLock _ = HomeLock.tryTake(home, "serve", NOW).orElseThrow()) {
      assertThat(HomeLock.holder(home))
          .isEqualTo("process %d, since %s, knight serve", ProcessHandle.current().pid(), NOW);
      assertThat(HomeLock.tryTake(home, "run", NOW)).isEmpty();
    }
    assertThat(HomeLock.isHeld(home)).isFalse();
  }

  @Test
  void another_process_is_refused_until_the_holder_is_killed() throws IOException {
    KnightHome home = new KnightHome(directory);

    Process holder = start("taken");
    assertThat(HomeLock.isHeld(home)).isTrue();
    assertThat(HomeLock.tryTake(home, "serve", NOW)).isEmpty();
    end(start("refused"));

    end(holder);
    assertThat(HomeLock.isHeld(home)).isFalse();
    try (HomeLock lock = HomeLock.tryTake(home, "serve", NOW).orElseThrow()) {
      assertThat(lock).isNotNull();
      end(start("refused"));
    }
  }

  @Test
  void the_second_service_says_who_holds_the_home() throws IOException {
    KnightHome home = new KnightHome(directory);
    Process holder = start("taken");
    URI url = URI.create("http://127.0.0.1:8790");
    Files.writeString(home.service(), new Json().text(new ServiceAddress(url, holder.pid(), NOW)));
    Files.writeString(home.apiToken(), "0".repeat(64));

    assertThatThrownBy(() -> outside(home).serve(Optional.empty(), false))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "Another knight (process %d, since 2026-11-22T10:00:00Z, knight serve,"
                + " http://127.0.0.1:8790) serves %s; stop it or use another KNIGHT_HOME.",
            holder.pid(), directory);
    end(holder);
  }

  private static Outside outside(KnightHome home) {
    Map<String, String> environment =
        Map.of(
            "KNIGHT_GITHUB_TOKEN", "t",
            "KNIGHT_GITHUB_REPOSITORIES", "a/b",
            "KNIGHT_MODEL_PROVIDER", "anthropic",
            "KNIGHT_MODEL_NAME", "m",
            "KNIGHT_MODEL_API_KEY", "k",
            "KNIGHT_SANDBOX", "none");
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Terminal terminal = new Terminal(nowhere, nowhere, false, false, 80);
    return new Outside(home, environment, InstantSource.system(), terminal, "serve");
  }

  private Process start(String expected) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.inputReader();
    assertThat(said.readLine()).isEqualTo(expected);
    return process;
  }

  /** As {@code kill -9} does. */
  private static void end(Process process) {
    process.destroyForcibly().onExit().join();
  }
}

package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.cli.Terminal;
import dev.knight.home.KnightHome;
import dev.knight.job.JobQuery;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutsideTest {
  @TempDir Path directory;
  private Path programs;

  @BeforeEach
  void programs() throws IOException {
    programs = Files.createDirectory(directory.resolve("bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "bubblewrap"})
  void no_service_starts_where_no_jail_can_be_made(String sandbox) {
    assertThatThrownBy(() -> outside(sandbox).serve(Optional.empty(), false))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("there is no bwrap on the PATH: install it with \"");
  }

  @Test
  void no_service_starts_in_a_jail_that_only_pretends() throws IOException {
    Path bwrap =
        Files.writeString(
            programs.resolve("bwrap"),
            "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
    Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> outside("auto").serve(Optional.empty(), false))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("The sandbox starts but does not hold");
  }

  @Test
  void a_look_at_a_store_that_needs_more_starts_no_framework_and_keeps_no_home()
      throws IOException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    Path store = Files.createDirectories(home.root().resolve("store"));
    Files.writeString(store.resolve("knight.mv.db"), "nonsense\n".repeat(2_000));

    assertThatThrownBy(() ->
            outside("none").look(Optional.empty(), api -> api.jobs(JobQuery.newest(1)).size()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight serve does that");
    assertThat(HomeLock.isHeld(home)).isFalse();
  }

  @Test
  void a_look_at_a_home_that_is_not_there_finds_no_jobs_and_makes_nothing() {
    assertThat(outside("none").ask(Optional.empty(), api -> api.jobs(JobQuery.newest(1)).size()))
        .isZero();

    assertThat(directory.resolve("home")).doesNotExist();
  }

  @Test
  void a_look_that_meets_another_one_waits_for_it() throws Exception {
    KnightHome home = new KnightHome(directory.resolve("home"));
    OneLook look = new OneLook(home, home.store(), "jobs", InstantSource.system());
    CompletableFuture<Integer> asked;
    try (HomeLock _ = HomeLock.tryTake(home, "jobs", Instant.EPOCH).orElseThrow()) {
      assertThatThrownBy(() -> look.look(_ -> 0)).isInstanceOf(GlanceApi.TakenException.class);
      asked =
          CompletableFuture.supplyAsync(() ->
              outside("none").look(Optional.empty(), api -> api.jobs(JobQuery.newest(1)).size()));
    }

    assertThat(asked.get(60, TimeUnit.SECONDS)).isZero();
  }

  private Outside outside(String sandbox) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KNIGHT_GITHUB_TOKEN", "t");
    environment.put("KNIGHT_GITHUB_REPOSITORIES", "a/b");
    environment.put("KNIGHT_MODEL_PROVIDER", "anthropic");
    environment.put("KNIGHT_MODEL_NAME", "m");
    environment.put("KNIGHT_MODEL_API_KEY", "k");
    environment.put("KNIGHT_SANDBOX", sandbox);
    environment.put("PATH", programs.toString());
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Terminal terminal = new Terminal(nowhere, nowhere, false, false, 80);
    KnightHome home = new KnightHome(directory.resolve("home"));
    return new Outside(home, environment, InstantSource.system(), terminal, "serve");
  }
}

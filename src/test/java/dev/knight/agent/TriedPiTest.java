package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Jails;
import dev.knight.sandbox.NoSandbox;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pi in a real jail, as npm has put it, which tells by its answer whether it was asked. */
@NullMarked
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TriedPiTest {
  private static final String GOOD = "1.5.2, forwarding";

  @TempDir Path directory;

  private FakePi pi = new FakePi(Path.of("/nowhere"), Path.of("/nowhere"));
  private KnightHome home = new KnightHome(Path.of("/nowhere"));
  private Sandbox sandbox = new NoSandbox();
  private String path = "/usr/bin:/bin";

  @BeforeEach
  void prepare() throws IOException {
    home = new KnightHome(directory.resolve("h"));
    sandbox = Jails.find(System.getenv("PATH"), List.of(), home);
    pi = FakePi.make(directory.resolve("pi"));
    pi.says(GOOD);
  }

  @Test
  void what_it_said_to_one_service_it_is_not_asked_by_the_next() throws IOException {
    service().check(pi.executable());
    pi.says("0.9.0");

    assertThatCode(() -> service().check(pi.executable())).doesNotThrowAnyException();
  }

  @Test
  void what_starts_sooner_by_what_it_left_is_asked_where_that_is_gone() throws IOException {
    service().check(pi.executable());
    pi.says("0.9.0");
    Files.delete(home.cache().resolve("node").resolve("kept"));

    assertAsked();
  }

  @Test
  void one_that_npm_has_changed_is_asked() throws IOException {
    for (Path changed : List.of(pi.executable(), pi.manifest())) {
      service().check(pi.executable());
      pi.says("0.9.0");
      makeAnew(changed);

      assertAsked();
      pi.says(GOOD);
    }
  }

  @Test
  void one_that_runs_on_another_node_is_asked() throws IOException {
    service().check(pi.executable());
    pi.says("1.5.2");
    makeAnew(pi.node());

    assertThatThrownBy(() -> service().check(pi.executable()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("does not run on Node 20 or later");
  }

  @Test
  void one_that_may_run_on_a_node_that_came_to_the_path_is_asked() throws IOException {
    path = directory.resolve("programs") + ":" + path;
    service().check(pi.executable());
    pi.says("0.9.0");
    Files.createDirectory(directory.resolve("programs"));
    Files.copy(pi.node(), directory.resolve("programs/node"), StandardCopyOption.COPY_ATTRIBUTES);

    assertAsked();
  }

  @Test
  void a_script_beside_the_modules_of_a_whole_machine_may_lead_elsewhere() throws IOException {
    pi = pi.ofTheWholeMachine();
    path = pi.node().getParent() + ":" + path;
    service().check(pi.executable());
    pi.says("0.9.0");

    assertAsked();
  }

  @Test
  void one_that_would_be_started_in_another_way_is_asked() throws IOException {
    service().check(pi.executable());
    pi.says("0.9.0");
    sandbox = Jails.find(System.getenv("PATH"), List.of(pi.manifest()), home);

    assertAsked();
  }

  @Test
  void one_that_npm_has_not_put_there_may_lead_anywhere_and_is_asked() throws IOException {
    Files.delete(pi.manifest());
    service().check(pi.executable());
    pi.says("0.9.0");

    assertAsked();
  }

  @Test
  void without_a_jail_it_is_asked() throws IOException {
    sandbox = new NoSandbox();
    service().check(pi.executable());
    pi.says("0.9.0");

    assertAsked();
  }

  @Test
  void one_that_is_not_good_is_asked_each_time() throws IOException {
    pi.says("0.9.0");
    assertAsked();
    pi.says("0.9.1");

    assertThatThrownBy(() -> service().check(pi.executable())).hasMessageContaining("0.9.1");
  }

  @Test
  void one_that_did_not_start_is_asked_by_this_service_and_by_the_next() throws IOException {
    TriedPi tried = service();
    tried.check(pi.executable());
    pi.says("0.9.0");

    tried.forget(pi.executable());

    assertThatThrownBy(() -> tried.check(pi.executable())).hasMessageContaining("0.9.0");
    assertAsked();
  }

  @Test
  void an_answer_that_this_knight_does_not_take_is_asked_for_again() throws IOException {
    service().check(pi.executable());
    assertThat(Files.readString(kept())).endsWith(GOOD + "\n");
    Files.writeString(kept(), Files.readString(kept()).replace(GOOD, "0.1.0"));

    assertThatCode(() -> service().check(pi.executable())).doesNotThrowAnyException();
  }

  @Test
  void what_is_no_answer_is_written_over() throws IOException {
    service().check(pi.executable());
    Files.delete(kept());
    Files.createSymbolicLink(kept(), directory.resolve("nowhere"));

    service().check(pi.executable());

    assertThat(kept()).isRegularFile().content().endsWith(GOOD + "\n");
  }

  private Path kept() {
    return home.cache().resolve("check").resolve("said");
  }

  /** Its content and its times stay. */
  private static void makeAnew(Path file) throws IOException {
    Path copy = file.resolveSibling("copy");
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void assertAsked() {
    assertThatThrownBy(() -> service().check(pi.executable()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("is version 0.9.0");
  }

  /** As one that has just started. */
  private TriedPi service() {
    AgentSettings settings =
        new AgentSettings(pi.executable().toString(), path, "off", Duration.ZERO);
    return new TriedPi(home, settings, new PiLaunch(home, settings, sandbox), sandbox);
  }
}

package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import dev.knight.sandbox.NoSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each rung of the {@link Ladder}, with a shell script that plays a pi that hangs. */
@NullMarked
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LadderTest {
  private static final String NAME = "42";

  /** The first prompt hangs as {@code HANG} says; the next one, of whichever pi, is answered. */
  private static final String PI =
      """
      #!/bin/sh
      [ "$1" = --version ] && { echo 1.5.2; exit; }
      heard=$(dirname "$0")/heard
      response() {
        printf '{"id":"%s","type":"response","command":"%s","success":true,"data":%s}\\n' "$id" "$type" "$1"
      }
      deaf() { while IFS= read -r line; do :; done; exit 0; }
      while IFS= read -r line; do
        id=${line#*'"id":"'} id=${id%%'"'*}
        type=${line#*'"type":"'} type=${type%%'"'*}
        echo "$type" >> "$heard"
        case "$type" in
        get_state)
          response '{"model":{"provider":"knight","id":"test-1"}}' ;;
        prompt)
          response '{"disposition":"started"}'
          printf '{"type":"agent_start"}\\n'
          if [ "$(grep -c prompt "$heard")" -gt HANGS ]; then
            printf '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"Gone on."}],"stopReason":"stop"}}\\n'
            printf '{"type":"agent_settled","aborted":false}\\n'
          else
            HANG
          fi ;;
        abort)
          printf '{"type":"agent_settled","aborted":true}\\n'
          response '{}' ;;
        *)
          response '{}' ;;
        esac
      done
      """;

  @TempDir Path directory;

  private KnightHome home = new KnightHome(Path.of("/nowhere"));

  @BeforeEach
  void prepare() throws IOException {
    home = new KnightHome(directory.resolve("h"));
    Files.createDirectories(directory.resolve("w"));
  }

  @AfterEach
  void leave_nothing_behind() {
    house().clear(NAME);
  }

  @Test
  void get_state_then_clear_queue_and_abort_bring_to_rest_a_pi_that_hears() throws Exception {
    assertThat(asked(":", 1)).isEqualTo(new Turn.Finished("Gone on."));

    assertThat(heard())
        .containsExactly("get_state", "prompt", "get_state", "clear_queue", "abort", "prompt");
    assertThat(exits()).containsExactly(0);
  }

  @Test
  void the_end_of_its_input_ends_a_pi_that_does_not_answer_get_state() throws Exception {
    assertThat(asked("deaf", 1)).isEqualTo(new Turn.Finished("Gone on."));

    assertThat(heard()).containsExactly("get_state", "prompt", "get_state", "prompt");
    assertThat(exits()).containsExactly(0, 0);
  }

  @Test
  void sigterm_ends_a_pi_that_does_not_mind_the_end_of_its_input() throws Exception {
    assertThat(asked("exec sleep 600", 1)).isEqualTo(new Turn.Finished("Gone on."));

    assertThat(exits()).containsExactly(143, 0);
  }

  @Test
  void sigkill_ends_a_pi_that_traps_sigterm_and_all_that_bears_its_mark() throws Exception {
    String stubborn =
        "trap '' TERM; (setsid sleep 600 </dev/null >/dev/null 2>&1 &); while :; do sleep 1; done";

    assertThat(asked(stubborn, 1)).isEqualTo(new Turn.Finished("Gone on."));

    assertThat(exits()).containsExactly(137, 0);
    assertThat(bearers()).isEmpty();
  }

  @Test
  void a_pi_that_hangs_again_after_it_was_resumed_is_a_failure() {
    assertThatThrownBy(() -> asked(":", 2))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("for the second time");
  }

  @Test
  void steering_a_dead_turn_does_not_renew_its_time() throws Exception {
    PiAgent agent = agent(":", 1);
    try (Session session = agent.session(request())) {
      Thread steering =
          Thread.ofVirtual()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  session.steer("more 1", "are you there?");
                }
              });

      assertThat(session.prompt("implement 1", "do it")).isEqualTo(new Turn.Finished("Gone on."));

      steering.interrupt();
      session.end();
    }
    assertThat(heard()).contains("abort");
  }

  private Turn asked(String hang, int hangs) throws IOException {
    PiAgent agent = agent(hang, hangs);
    try (Session session = agent.session(request())) {
      try {
        return session.prompt("implement 1", "do it");
      } finally {
        session.end();
      }
    }
  }

  private PiAgent agent(String hang, int hangs) throws IOException {
    Path pi = directory.resolve("pi");
    Files.writeString(pi, PI.replace("HANGS", Integer.toString(hangs)).replace("HANG", hang));
    Files.setPosixFilePermissions(pi, PosixFilePermissions.fromString("rwx------"));
    return new PiAgent(
        home, settings(), new NoSandbox(), OwnProgram.command(), InstantSource.system());
  }

  private AgentSettings settings() {
    return new AgentSettings(
        directory.resolve("pi").toString(), "/usr/bin:/bin", "off", Duration.ofMillis(50));
  }

  private BridgeHouse house() {
    return new BridgeHouse(
        home,
        new PiLaunch(home, settings(), new NoSandbox()),
        OwnProgram.command(),
        "/usr/bin:/bin");
  }

  private SessionRequest request() {
    return new SessionRequest(
        NAME,
        directory.resolve("w"),
        List.of(),
        SessionRequest.Tools.ALL,
        new SessionRequest.Model("openai-compatible", "test-1"),
        URI.create("http://127.0.0.1:1/v1"),
        new Secret("token-of-the-job"),
        Duration.ofSeconds(2),
        Duration.ofMinutes(2));
  }

  private List<String> heard() throws IOException {
    return Files.readAllLines(directory.resolve("heard"));
  }

  private List<Integer> exits() throws IOException {
    List<Integer> codes = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(home.recording(NAME), 0)) {
      for (Optional<JournalEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        if (e.get().fact() instanceof Fact.Exited gone) {
          codes.add(gone.code());
        }
      }
    }
    return codes;
  }

  private List<Path> bearers() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.filter(process -> bears(process.resolve("environ"))).toList();
    }
  }

  private boolean bears(Path environment) {
    try {
      return Files.exists(environment)
          && Files.readString(environment, java.nio.charset.StandardCharsets.ISO_8859_1)
              .contains("PI_CODING_AGENT_DIR=" + home.root());
    } catch (IOException e) {
      return false; // ended while it was looked at
    }
  }
}

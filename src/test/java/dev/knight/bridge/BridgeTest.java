package dev.knight.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.pi.PiCommand;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocket;

@NullMarked
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BridgeTest {
  /** Answers every line by its id and plays one run for each prompt. */
  private static final String PI =
      """
      while IFS= read -r line; do
        id=$(printf '%s' "$line" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
        case "$line" in
        *'"type":"prompt"'*)
          printf '{"id":"%s","type":"response","command":"prompt","success":true,"data":{"disposition":"started"}}\\n' "$id"
          printf '{"type":"agent_start"}\\n'
          printf '{"type":"message_update","assistantMessageEvent":{"type":"text_delta","delta":"he"}}\\n'
          printf '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"hello"}],"stopReason":"stop"}}\\n'
          printf '{"type":"agent_end","messages":[{"role":"assistant"}],"willRetry":false}\\n'
          printf '{"type":"agent_settled","aborted":false}\\n'
          ;;
        *)
          printf '{"id":"%s","type":"response","command":"get_state","success":true,"data":{}}\\n' "$id"
          ;;
        esac
      done
      echo 'bye now' >&2
      exit 7
      """;

  private static final PiCommand.Prompt PROMPT = new PiCommand.Prompt("do it");

  @TempDir Path directory;

  @Test
  void a_prompt_is_kept_before_pi_hears_it_and_never_asked_twice() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        assertThat(client.prompt("implement 1", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.prompt("implement 1", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        heard.await(BridgeTest::isSettled);
        client.send(new PiCommand.GetState()).get(60, TimeUnit.SECONDS);
      }

      assertThat(heard.entries())
          .extracting(entry -> kind(entry.fact()))
          .containsExactly(
              "Started",
              "Prompted",
              "Answered",
              "AgentStart",
              "MessageEnd",
              "AgentEnd",
              "AgentSettled");
      assertThat(heard.entries())
          .extracting(JournalEntry::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 7).boxed().toList());
      assertThat(heard.live()).contains(new PiEvent.MessageUpdate("text_delta", "he"));
    }
  }

  @Test
  void a_second_prompt_beside_the_first_one_is_refused() throws Exception {
    String slow =
        """
        IFS= read -r first
        printf '{"id":"k-1","type":"response","command":"prompt","success":true,"data":{"disposition":"started"}}\\n'
        while IFS= read -r line; do :; done
        """;
    try (BridgeFixture bridge = new BridgeFixture(directory, slow)) {
      bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        assertThat(client.prompt("a", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        heard.await(fact -> fact instanceof Fact.Answered);

        assertThat(client.prompt("b", 1, PROMPT).get(60, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  @Test
  void a_late_reader_is_told_what_it_missed_and_no_more() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      bridge.start();
      Heard first = new Heard();
      Heard late = new Heard();
      try (BridgeClient client = bridge.connect(first)) {
        client.read(0);
        assertThat(client.prompt("a", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        first.await(BridgeTest::isSettled);
      }

      try (BridgeClient client = bridge.connect(late)) {
        client.read(3);
        late.awaitCaughtUp();
        assertThat(late.entries()).extracting(JournalEntry::seq).containsExactly(4L, 5L, 6L, 7L);
        assertThat(client.prompt("b", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        late.await(fact -> fact.equals(new Fact.Prompted("b", 1)));
      }
    }
  }

  @Test
  void a_reader_that_reads_nothing_slows_nobody_and_misses_nothing_later() throws Exception {
    String flood =
        """
        while IFS= read -r line; do
          id=$(printf '%s' "$line" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
          printf '{"id":"%s","type":"response","command":"prompt","success":true,"data":{"disposition":"started"}}\\n' "$id"
          awk 'BEGIN { s = sprintf("%1000s", ""); gsub(/ /, "x", s);
            for (i = 0; i < 12000; i++)
              printf "{\\"type\\":\\"tool_execution_start\\",\\"toolCallId\\":\\"%d\\",\\"toolName\\":\\"%s\\",\\"args\\":{}}\\n", i, s }'
          printf '{"type":"agent_settled","aborted":false}\\n'
        done
        """;
    try (BridgeFixture bridge = new BridgeFixture(directory, flood)) {
      bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard);
          AFUNIXSocket stalled = BridgeSocket.connect(bridge.socket())) {
        stalled.getOutputStream().write("{\"op\":\"read\",\"after\":0}\n".getBytes(UTF_8));
        client.read(0);
        assertThat(client.prompt("flood", 1, PROMPT).get(60, TimeUnit.SECONDS)).isTrue();
        heard.await(BridgeTest::isSettled);

        assertThat(heard.entries()).hasSizeGreaterThan(12_000);
        String late = new String(stalled.getInputStream().readNBytes(12_500_000), UTF_8);
        List<Long> numbers =
            Pattern.compile("^\\{\"seq\":(\\d+),", Pattern.MULTILINE)
                .matcher(late)
                .results()
                .map(match -> Long.valueOf(match.group(1)))
                .toList();
        assertThat(numbers)
            .hasSizeGreaterThan(10_000)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
      }
    }
  }

  @Test
  void numbers_go_on_after_a_crash_that_tore_the_last_line() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      Process crashed = bridge.start();
      Heard before = new Heard();
      try (BridgeClient client = bridge.connect(before)) {
        client.read(0);
        before.awaitCaughtUp();
        crashed.destroyForcibly().waitFor();
        before.awaitClosed();
      }
      Stragglers.end(bridge.mark());
      Files.writeString(bridge.journal(), "{\"seq\":2,\"at\":\"20", StandardOpenOption.APPEND);

      bridge.start();
      Heard after = new Heard();
      try (BridgeClient client = bridge.connect(after)) {
        client.read(0);
        after.awaitCaughtUp();
      }

      assertThat(after.entries()).extracting(JournalEntry::seq).containsExactly(1L, 2L);
      assertThat(after.entries()).allMatch(entry -> entry.fact() instanceof Fact.Started);
    }
  }

  @Test
  void stop_ends_pi_in_order_and_tells_how_it_ended() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      Process process = bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        client.stop().get(60, TimeUnit.SECONDS);

        assertThat(heard.await(fact -> fact instanceof Fact.Exited))
            .isEqualTo(new Fact.Exited(7, "bye now\n"));
        heard.awaitClosed();
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(bridge.socket()).doesNotExist();
      assertThat(BridgeLock.isHeld(directory)).isFalse();
    }
  }

  @Test
  void a_pi_that_does_not_want_to_end_is_killed_with_all_it_started() throws Exception {
    String stubborn =
        """
        trap '' TERM
        (setsid sleep 600 </dev/null >/dev/null 2>&1 &)
        while true; do sleep 1; done
        """;
    try (BridgeFixture bridge = new BridgeFixture(directory, stubborn)) {
      Process process = bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        heard.awaitCaughtUp();
        client.stop().get(60, TimeUnit.SECONDS);
        // The shell may have said that its sleep was killed before it was itself.
        heard.await(fact -> fact instanceof Fact.Exited exited && exited.code() == 137);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Stragglers.find(bridge.mark())).isEmpty();
    }
  }

  @Test
  void a_dialog_is_taken_back_at_once() throws Exception {
    String asking =
        """
        printf '{"type":"extension_ui_request","id":"d-1","method":"confirm","title":"Sure?"}\\n'
        IFS= read -r answer
        printf '{"type":"message_end","message":{"role":"custom","content":"%s"}}\\n' \
          "$(printf '%s' "$answer" | tr -d '"')"
        read -r rest
        """;
    try (BridgeFixture bridge = new BridgeFixture(directory, asking)) {
      bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        Fact answer =
            heard.await(fact -> fact instanceof Fact.Said(PiEvent.MessageEnd(PiMessage.Other _)));

        assertThat(answer.toString())
            .contains("{id:d-1,type:extension_ui_response,cancelled:true}");
      }
    }
  }

  @Test
  void pi_runs_on_sockets_and_sees_nothing_but_its_own_environment() throws Exception {
    String looking =
        """
        in=$(readlink /proc/$$/fd/0) out=$(readlink /proc/$$/fd/1)
        printf '%s\\n' "$in" "$out" > fds
        env | cut -d= -f1 | sort > names
        printf '{"type":"agent_settled","aborted":false}\\n'
        read -r rest
        """;
    try (BridgeFixture bridge = new BridgeFixture(directory, looking)) {
      bridge.start();
      Heard heard = new Heard();
      try (BridgeClient client = bridge.connect(heard)) {
        client.read(0);
        heard.await(BridgeTest::isSettled);
      }

      assertThat(Files.readAllLines(directory.resolve("fds")))
          .hasSize(2)
          .allMatch(target -> target.startsWith("socket:"));
      assertThat(Files.readAllLines(directory.resolve("names")))
          .contains("MARK", "PATH")
          .isSubsetOf("MARK", "PATH", "PWD", "_", "OLDPWD", "SHLVL")
          .noneMatch(name -> name.startsWith("KNIGHT"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bridge.socket())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void what_could_write_files_or_run_commands_is_not_passed_on() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      bridge.start();
      try (BridgeClient client = bridge.connect(new Heard());
          AFUNIXSocket raw = BridgeSocket.connect(bridge.socket())) {
        raw.getOutputStream()
            .write(
                """
                {"op":"send","id":"1","command":{"type":"bash","command":"id"}}
                {"op":"dance","id":"2"}
                """
                    .getBytes(UTF_8));
        String told = new String(raw.getInputStream().readNBytes(30), UTF_8);
        assertThat(told).startsWith("{\"bridge\":2,");
        assertThat(lines(raw.getInputStream(), 2))
            .anyMatch(line -> line.contains("not passed on: bash"))
            .anyMatch(line -> line.contains("unknown op"));
        assertThat(client.steer("more 1", "psst").get(60, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  @Test
  void a_second_bridge_does_not_live_in_the_same_directory() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      bridge.start();
      try (BridgeClient _ = bridge.connect(new Heard())) {
        Process second = bridge.start();

        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(bridge.log()).contains("another one lives there");
        assertThat(BridgeLock.isHeld(directory)).isTrue();
      }
    }
  }

  @Test
  void what_is_no_socket_is_not_removed() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      Files.writeString(bridge.socket(), "precious");
      Process process = bridge.start();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(bridge.log()).contains("is no socket");
      assertThat(bridge.socket()).hasContent("precious");
    }
  }

  @Test
  void a_path_too_long_for_a_socket_is_named() throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(directory, PI)) {
      bridge.plan(directory.resolve("x".repeat(120))).write(directory);
      Process process = bridge.start();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(bridge.log()).contains("longer than 107 bytes");
    }
  }

  private static boolean isSettled(Fact fact) {
    return fact instanceof Fact.Said(PiEvent.AgentSettled _);
  }

  private static String kind(Fact fact) {
    return fact instanceof Fact.Said said
        ? said.record().getClass().getSimpleName()
        : fact.getClass().getSimpleName();
  }

  private static List<String> lines(InputStream in, int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int found = -1; found < count; ) {
      int next = in.read();
      text.append((char) next);
      found += next == '\n' ? 1 : 0;
    }
    return text.toString().lines().toList();
  }
}

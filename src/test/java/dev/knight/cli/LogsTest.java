package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogsTest {
  private static final String JOURNAL =
      """
      {"seq":1,"at":"2026-11-22T10:00:00Z","kind":"started","pid":7}
      {"seq":2,"at":"2026-11-22T10:00:01Z","kind":"prompt","key":"implement 1","attempt":1}
      {"seq":3,"at":"2026-11-22T10:00:02Z","kind":"pi","record":{"type":"tool_execution_start",\
      "toolCallId":"t","toolName":"bash","args":{"command":"ls -l\\nrm x","timeout":5}}}
      {"seq":4,"at":"2026-11-22T10:00:03Z","kind":"pi","record":{"type":"message_end",\
      "message":{"role":"assistant","content":[{"type":"text","text":"Done.\\nAll \\u001b[31mred."}]}}}
      {"seq":5,"at":"2026-11-22T10:00:04Z","kind":"from the future"}
      {"seq":6,"at":"2026-11-22T10:00:05Z","kind":"steer","text":"hurry"}
      {"seq":7,"at":"2026-11-22T10:00:06Z","kind":"exited","code":143,"stderr":"killed"}
      {"seq":8,"at":"2026-1\
      """;

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_journal_is_told_in_words() throws IOException {
    journal("7", JOURNAL);

    assertThat(logs("7")).isZero();
    assertThat(out.toString().lines().map(line -> line.substring(10)))
        .containsExactly(
            "-- pi starts",
            "-- asked: implement 1",
            "> bash ls -l rm x | 5",
            "Done.",
            "All \uFFFD[31mred.",
            "-- told: hurry",
            "-- pi ended with code 143",
            "killed");
  }

  @Test
  void secrets_are_not_told_whoever_said_them() throws IOException {
    journal(
        "7",
        """
        {"seq":1,"at":"2026-11-22T10:00:00Z","kind":"pi","record":{"type":"tool_execution_start",\
        "toolCallId":"t","toolName":"bash","args":{"command":"echo the-secret-of-the-fake"}}}
        {"seq":2,"at":"2026-11-22T10:00:01Z","kind":"pi","record":{"type":"message_end",\
        "message":{"role":"assistant","content":[{"type":"text","text":"dGhlLXNlY3JldC1vZi10aGUtZmFrZQ== AKIAQ3EGRJ7K2LMNOPQR"}]}}}
        {"seq":3,"at":"2026-11-22T10:00:02Z","kind":"exited","code":1,"stderr":"the-secret-of-the-fake"}
        """);

    assertThat(logs("7")).isZero();
    assertThat(out.toString().lines().map(line -> line.substring(10)))
        .containsExactly("> bash echo ***", "***Q== ***", "-- pi ended with code 1", "***");
  }

  @Test
  void colours_tell_the_agent_from_its_tools() throws IOException {
    journal("7", JOURNAL);
    Terminal screen =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), true, true, 80);

    KnightCommandLine.execute(new FakeProgram(home), screen, Optional.empty(), "logs", "7");

    assertThat(out.toString())
        .contains("\u001b[36m> bash ls -l rm x | 5\u001b[0m", "  Done.\n", "\u001b[31mkilled");
  }

  @Test
  void what_a_review_said_stands_between_marked() throws IOException {
    journal("7", JOURNAL);
    journal(
        "7-review-1",
        """
        {"seq":1,"at":"2026-11-22T10:00:02.5Z","kind":"prompt","key":"review abc","attempt":1}
        """);
    journal("70", JOURNAL);

    assertThat(logs("7")).isZero();
    assertThat(out.toString().lines().map(line -> line.substring(10)))
        .containsSubsequence("> bash ls -l rm x | 5", "review-1│ -- asked: review abc", "Done.")
        .hasSize(9);
  }

  @Test
  void what_tools_printed_is_told_where_that_is_wanted() throws IOException {
    journal(
        "7",
        """
        {"seq":1,"at":"2026-11-22T10:00:00Z","kind":"pi","record":{"type":"tool_execution_end",\
        "toolCallId":"t","toolName":"bash","isError":false,\
        "result":{"content":[{"type":"text","text":"one\\ntwo\\u001b[2J"}]}}}
        """);

    assertThat(logs("7")).isZero();
    assertThat(out.toString()).isEmpty();

    assertThat(logs("7", "--full")).isZero();
    assertThat(out.toString().lines().map(line -> line.substring(10)))
        .containsExactly("  one".strip(), "  two\uFFFD[2J");
  }

  @Test
  void records_are_json_without_secrets_and_without_what_steers_a_terminal() throws IOException {
    journal("7", JOURNAL);
    journal(
        "7-review-1",
        """
        {"seq":1,"at":"2026-11-22T09:00:00Z","kind":"steer","text":"the-secret-of-the-fake \u202e"}
        """);

    assertThat(logs("7", "--raw")).isZero();
    assertThat(out.toString().lines())
        .hasSize(8)
        .allMatch(line -> line.startsWith("{\"session\":"));
    assertThat(out.toString().lines().findFirst())
        .contains(
            "{\"session\":\"7-review-1\",\"seq\":1,\"at\":\"2026-11-22T09:00:00Z\","
                + "\"kind\":\"steer\",\"text\":\"*** \\u202E\"}");
  }

  @Test
  void following_ends_where_nothing_serves() throws IOException {
    journal("7", JOURNAL);

    assertThat(logs("-f", "7")).isZero();
    assertThat(out.toString()).contains("killed");
  }

  @Test
  void a_job_without_a_journal_says_so_and_no_job_is_an_error() {
    assertThat(logs("12")).isZero();
    assertThat(err.toString()).contains("Job 12 is running; its agent has not said anything");

    assertThat(logs("99")).isEqualTo(ExitCodes.NO_SUCH_JOB);
  }

  private void journal(String job, String lines) throws IOException {
    Path file = new FakeProgram(home).home().recording(job);
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }

  private int logs(String... args) {
    String[] line = new String[args.length + 1];
    line[0] = "logs";
    System.arraycopy(args, 0, line, 1, args.length);
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 80);
    return KnightCommandLine.execute(new FakeProgram(home), terminal, Optional.empty(), line);
  }
}

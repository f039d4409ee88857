package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelpTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void without_a_topic_it_lists_commands_and_topics() {
    assertThat(run(80, "help")).isZero();

    assertThat(out.toString())
        .startsWith("Usage: knight ")
        .contains("  jobs ", "  exit-codes     what the number says");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 80, 200})
  void a_topic_fits_the_screen_and_is_never_wider_than_one_can_read(int width) {
    for (HelpTopic topic : HelpTopic.values()) {
      out.getBuffer().setLength(0);
      assertThat(run(width, "help", topic.word())).isZero();
      assertThat(out.toString().lines())
          .isNotEmpty()
          .allMatch(line -> TextWidth.of(line) <= Math.min(width, 80) || !line.contains("  "));
      assertThat(out.toString()).doesNotContain("`", "](");
    }
  }

  @Test
  void a_key_is_told_with_its_default_and_what_it_must_be() {
    run(80, "help", "configuration", "workers");

    assertThat(out.toString())
        .isEqualTo(
            """
            knight.workers
                jobs that run at a time. Default: 2. It must be a number. Variable:
                KNIGHT_WORKERS
            """);
    assertThat(run(80, "help", "configuration", "nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("No key has 'nonsense' in its name");
  }

  @Test
  void a_command_is_told_as_by_its_own_help() {
    assertThat(run(80, "help", "memory", "edit")).isZero();
    String told = out.toString();
    out.getBuffer().setLength(0);

    assertThat(run(80, "memory", "edit", "--help")).isZero();
    assertThat(out.toString()).isEqualTo(told).startsWith("Usage: knight memory edit");
  }

  @Test
  void what_is_neither_a_command_nor_a_topic_is_a_usage_error() {
    assertThat(run(80, "help", "jobz")).isEqualTo(2);

    assertThat(err.toString())
        .contains("'jobz' is no command and no topic; there are configuration, comments,");
  }

  @ParameterizedTest
  @EnumSource
  void every_topic_is_named_where_the_commands_are(HelpTopic topic) {
    run(80, "--help");

    assertThat(out.toString()).contains(topic.word());
  }

  @Test
  void the_manual_has_every_command_and_every_topic() {
    assertThat(run(80, "man")).isZero();

    assertThat(out.toString())
        .startsWith(".TH \"KNIGHT\" \"1\"")
        .contains(".SS \"knight memory edit ID TEXT\"", ".B \"\\-n, \\-\\-limit=N\"")
        .contains(
            ".SH \"EXIT CODES\"", ".B \"knight.workers\"", ".B \"@knight plan WHAT YOU WANT\"")
        .doesNotContain("`");
  }

  @Test
  void man_takes_the_manual_without_a_complaint() throws Exception {
    run(80, "man");
    Path page = Files.writeString(home.resolve("knight.1"), out.toString());
    if (!isThere("groff")) {
      return; // what it says is looked at above
    }

    Process groff =
        new ProcessBuilder("groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z", page.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(groff.waitFor()).isZero();
  }

  private int run(int width, String... args) {
    Terminal screen = new Terminal(new PrintWriter(out), new PrintWriter(err), true, false, width);
    return KnightCommandLine.execute(new FakeProgram(home), screen, Optional.empty(), args);
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}

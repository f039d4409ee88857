package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShowTest {
  private static final TimeZone HERE = TimeZone.getDefault();

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private FakeProgram program;

  @BeforeEach
  void in_utc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    program = new FakeProgram(home);
  }

  @AfterEach
  void home_again() {
    TimeZone.setDefault(HERE);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80})
  void a_job_is_told_as_written_down(int width) throws Exception {
    program.jobs.addFirst(FakeProgram.job(14, "needs-you"));

    for (int job : new int[] {7, 12, 14}) {
      out.getBuffer().setLength(0);
      assertThat(person(width, false, "show", Integer.toString(job))).isZero();
      Golden.assertSame("show/%d-%d.txt".formatted(job, width), out.toString());
    }
  }

  @Test
  void no_foreign_text_steers_the_terminal() {
    person(80, false, "show", "7");

    assertThat(out.toString())
        .contains("\uFFFD]0;evil\uFFFD turn\uFFFD it", "too long\uFFFD[1m")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void colours_say_how_it_stands() {
    person(80, true, "show", "7");

    assertThat(out.toString())
        .contains("\u001b[32mdone\u001b[0m", "\u001b[31m✗\u001b[0m make lint", "\u001b[32m+++");
  }

  @Test
  void a_program_gets_the_same_without_a_screen() {
    assertThat(run("show", "12")).isZero();

    assertThat(out.toString())
        .startsWith("Job 12  ada/engine#52  Engine stalls\nState         running (review), try 1, ")
        .contains("Set back by   crashes of the service in a row 1\n")
        .doesNotContain("knight attach");
  }

  @Test
  void what_it_changes_is_a_diff() {
    assertThat(person(80, true, "show", "7", "--diff")).isZero();

    assertThat(out.toString()).contains("\u001b[32m+", "\u001b[31m-");
  }

  private int run(String... args) {
    return KnightCommandLine.execute(
        program,
        new Terminal(new PrintWriter(out), new PrintWriter(out), false, false, 80),
        Optional.empty(),
        args);
  }

  private int person(int width, boolean isColoured, String... args) {
    return KnightCommandLine.execute(
        program,
        new Terminal(new PrintWriter(out), new PrintWriter(out), true, isColoured, width),
        Optional.empty(),
        args);
  }
}

package dev.knight.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExcerptTest {
  private static final String TIME = "2026-11-22T10:00:00.1234567Z ";

  @Test
  void the_step_that_failed_is_what_is_shown() {
    Excerpt excerpt =
        Excerpt.of(
            log(
                "##[group]Run actions/checkout@v5",
                "##[endgroup]",
                "error: a warning of git that nobody needs",
                "##[group]Run sh test.sh",
                "\u001B[36;1msh test.sh\u001B[0m",
                "##[endgroup]",
                "\u001B[31mexpected 1, got 2\u001B[0m",
                "##[error]Process completed with exit code 1.",
                "Post job cleanup."));

    assertThat(excerpt.command()).contains("sh test.sh");
    assertThat(excerpt.text())
        .isEqualTo(
            "Run sh test.sh\nsh test.sh\nexpected 1, got 2\nProcess completed with exit code 1.");
  }

  @Test
  void of_a_long_step_the_lines_around_errors_and_the_last_ones_stay() {
    String noise =
        IntStream.range(0, 5_000).mapToObj(i -> "compiled " + i).collect(Collectors.joining("\n"));
    Excerpt excerpt =
        Excerpt.of(
            log("##[group]Run make")
                + noise
                + "\nengine.c:3: error: no oil\n"
                + noise
                + "\n"
                + log("make: *** [all] Error 2", "##[error]Process completed with exit code 2."));

    assertThat(excerpt.text())
        .contains("compiled 4996\n", "engine.c:3: error: no oil\ncompiled 0\n", "[all] Error 2")
        .contains("[...]")
        .doesNotContain("compiled 2500")
        .hasSizeLessThan(Excerpt.LONGEST + 10);
  }

  @Test
  void of_very_many_errors_the_first_and_the_last_stay() {
    String errors =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "error " + i + " 😀")
            .collect(Collectors.joining("\n"));

    String text = Excerpt.of(errors).text();

    assertThat(text).startsWith("error 0 😀").endsWith("error 1999 😀").contains("\n[...]\n");
    assertThat(text.length()).isLessThan(Excerpt.LONGEST + 10);
  }

  @Test
  void a_log_without_marks_is_a_log_all_the_same() {
    assertThat(Excerpt.of("").text()).isEmpty();
    assertThat(Excerpt.of("no oil").text()).isEqualTo("no oil");
    assertThat(Excerpt.of("no oil").command()).isEmpty();
    assertThat(Excerpt.said("\u001B]8;;https://evil.example\u0007Lint\u001B[0m: 3 ").text())
        .isEqualTo("Lint: 3");
  }

  private static String log(String... lines) {
    return IntStream.range(0, lines.length)
        .mapToObj(i -> TIME + lines[i] + "\r\n")
        .collect(Collectors.joining());
  }
}

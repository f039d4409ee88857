package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnlookerTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

  private final StringWriter out = new StringWriter();

  @Test
  void words_are_shown_as_they_come_and_once() {
    Onlooker onlooker = onlooker(true, false);

    onlooker.show(delta("I lo"));
    onlooker.show(delta("ok at"));
    assertThat(out.toString()).isEqualTo("I look at");
    onlooker.show(line(Kind.SAID, "7", "", "I look at it."));

    assertThat(out.toString()).isEqualTo("I look at it.\n");
  }

  @Test
  void words_that_another_one_interrupts_go_on_after_it() {
    Onlooker onlooker = onlooker(true, false);

    onlooker.show(delta("I look "));
    onlooker.show(line(Kind.NOTE, "7-review-1", "", "pi starts"));
    onlooker.show(line(Kind.SAID, "7", "", "I look at it."));

    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .satisfies(lines -> {
          assertThat(lines.get(0)).isEqualTo("I look ");
          assertThat(lines.get(1)).endsWith("review-1│ -- pi starts");
          assertThat(lines.get(2)).isEqualTo("at it.");
        });
  }

  @Test
  void a_program_reads_whole_lines() {
    Onlooker onlooker = onlooker(false, false);

    onlooker.show(delta("I lo"));
    onlooker.show(line(Kind.SAID, "7", "", "I look at it."));

    assertThat(out.toString()).isEqualTo("I look at it.\n");
  }

  @Test
  void a_call_and_its_end_are_one_line_and_a_change_is_a_diff() {
    Onlooker onlooker = onlooker(true, false);

    onlooker.show(
        new LiveLine(Kind.CALL, "7", 3, AT, "edit", "a.txt", "-old\n+new\n", "c1", false, 0));
    onlooker.show(new LiveLine(Kind.RESULT, "7", 4, AT, "edit", "", "", "c1", false, 120));

    assertThat(out.toString()).isEqualTo("  edit a.txt  ✓ 0.1 s\n    -old\n    +new\n");
  }

  @Test
  void calls_that_run_side_by_side_say_their_names_again() {
    Onlooker onlooker = onlooker(true, false);

    onlooker.show(new LiveLine(Kind.CALL, "7", 3, AT, "bash", "make", "", "c1", false, 0));
    onlooker.show(new LiveLine(Kind.CALL, "7", 4, AT, "read", "a.txt", "", "c2", false, 0));
    onlooker.show(new LiveLine(Kind.RESULT, "7", 5, AT, "bash", "code 2", "", "c1", true, 1500));

    assertThat(out.toString())
        .isEqualTo("  bash make\n  read a.txt\n  bash make  ✗ 1.5 s  code 2\n");
  }

  @Test
  void thoughts_and_what_tools_print_are_not_shown() {
    Onlooker onlooker = onlooker(true, false);

    onlooker.show(new LiveLine(Kind.SAID, "7", 2, AT, "", "", "Hm.", "", false, 0));
    onlooker.show(new LiveLine(Kind.RESULT, "7", 5, AT, "bash", "", "much", "c0", false, 1500));

    assertThat(out.toString()).isEqualTo("  bash  ✓ 1.5 s\n");
  }

  @Test
  void nothing_that_is_shown_can_steer_the_terminal() {
    Onlooker onlooker = onlooker(true, true);

    onlooker.show(delta("\u001b]0;evil\u0007"));
    onlooker.show(line(Kind.SAID, "7", "", "\u001b]0;evil\u0007 \u202e"));
    onlooker.show(
        new LiveLine(
            Kind.CALL, "7", 3, AT, "ba\u001b[2Jsh", "\u001b[H", "+\u001b[1m", "c1", false, 0));
    onlooker.show(new LiveLine(Kind.RESULT, "7", 4, AT, "bash", "\u001b[3m", "", "c1", true, 1));
    onlooker.show(line(Kind.EVENT, "", "mention", "ada added: \u001b[5m"));
    onlooker.show(line(Kind.END, "", "done", "\u009b31m"));

    assertThat(out.toString().replaceAll("\u001b\\[(?:0|1|2|31|32|36)m", ""))
        .doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
  }

  private static LiveLine delta(String text) {
    return line(Kind.DELTA, "7", "", text);
  }

  private static LiveLine line(Kind kind, String session, String name, String text) {
    return LiveLine.of(kind, session, 1, AT, name, text);
  }

  private Onlooker onlooker(boolean isPerson, boolean isColoured) {
    PrintWriter writer = new PrintWriter(out);
    return new Onlooker(new Terminal(writer, writer, isPerson, isColoured, 80), "7");
  }
}

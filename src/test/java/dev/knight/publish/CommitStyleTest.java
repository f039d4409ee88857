package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitStyleTest {
  private static final List<String> CONVENTIONAL =
      List.of(
          "fix(pump): stop at zero",
          "feat: count strokes (#12)",
          "docs(pump): say what it does",
          "Merge the old tank",
          "chore: tidy up\n\nSigned-off-by: Ada <ada@example.org>",
          "fix(pump)!: keep the pressure");
  private static final List<String> PLAIN =
      List.of(
          "Stop at zero.\n\nIt went below.",
          "Count the strokes of the left and the right cylinder of each pump.\n\nBoth of them.",
          "Say what it does.",
          "Tidy up.\n\nIt was time.",
          "Keep the pressure.\n\nIt fell.");

  @Test
  void conventional_commits_are_seen_and_a_line_is_made_one() {
    CommitStyle style = CommitStyle.of(CONVENTIONAL);

    assertThat(style.conventional()).isTrue();
    assertThat(style.scopes()).containsExactly("pump");
    assertThat(style.capital()).contains(false);
    assertThat(style.examples()).startsWith("fix(pump): stop at zero", "feat: count strokes");
    assertThat(style.subject("Stop the pump.", true)).isEqualTo("fix: stop the pump");
    assertThat(style.subject("HTTP pumps", false)).isEqualTo("feat: HTTP pumps");
    assertThat(style.subject("refactor(tank): Split it (#7)", false))
        .isEqualTo("refactor(tank): split it");
    assertThat(style.described()).contains("Conventional Commits").contains("`pump`");
  }

  @Test
  void sentences_stay_sentences() {
    CommitStyle style = CommitStyle.of(PLAIN);

    assertThat(style.conventional()).isFalse();
    assertThat(style.body()).isTrue();
    assertThat(style.subject("stop the pump", true)).isEqualTo("Stop the pump.");
    assertThat(style.subject("fix: stop the pump", true)).isEqualTo("fix: Stop the pump.");
  }

  @Test
  void a_body_that_could_be_parted_in_many_ways_is_read_in_one() {
    String nearly = "Stop\n\n" + "warning: unused: ".repeat(100) + "\n\nIt went below.";
    String trailers = "Stop\n\n" + "Co-authored-by: Ada: B <a@example.org>\n".repeat(40);

    assertThat(CommitStyle.of(Collections.nCopies(9, nearly)).body()).isTrue();
    assertThat(CommitStyle.of(Collections.nCopies(9, trailers)).body()).isFalse();
  }

  @Test
  void areas_and_tickets_are_told_and_not_made_up() {
    CommitStyle areas =
        CommitStyle.of(List.of("pump: a", "tank: b", "pump: c", "net/http: d", "pump: e"));
    CommitStyle tickets =
        CommitStyle.of(
            List.of("ENG-1: Mend", "ENG-22 Say", "[ENG-3] Stop", "ENG-4: Add", "ENG-5: Go"));

    assertThat(areas.area()).isTrue();
    assertThat(areas.scopes()).first().isEqualTo("pump");
    assertThat(areas.subject("stop it", true)).isEqualTo("stop it");
    assertThat(tickets.ticket()).contains("ENG-");
    assertThat(tickets.described()).contains("`ENG-…`");
    assertThat(tickets.subject("stop it", true)).isEqualTo("Stop it");
  }

  @Test
  void a_log_that_says_little_or_is_knight_s_own_shows_no_style() {
    assertThat(CommitStyle.of(List.of("Begin", "fix: it"))).isEqualTo(CommitStyle.NONE);
    assertThat(CommitStyle.of(Collections.nCopies(50, "fix: it\n\nKnight-Job: 7\n")).isKnown())
        .isFalse();
  }

  @Test
  void a_line_is_as_long_as_theirs_and_ends_with_a_word() {
    String subject = CommitStyle.NONE.subject("Mend the pump, ".repeat(30), false);

    assertThat(subject).hasSizeLessThanOrEqualTo(72).endsWith("Mend the");
    assertThat(CommitStyle.NONE.subject("x".repeat(300), false)).hasSize(72);
    assertThat(CommitStyle.of(CONVENTIONAL).longest()).isEqualTo(50);
  }

  @Test
  void a_log_of_strange_lines_breaks_nothing() {
    List<String> strange =
        List.of("", "\n\n", "🚀", "a", ": x", "[[[", "fix():", "\u0000", "#1", "(#2)", "-", "x: ");

    assertThat(CommitStyle.of(strange).subject("", false)).isEmpty();
    assertThat(CommitStyle.of(strange).described()).isNotBlank();
  }

  @Test
  void paragraphs_are_wrapped() {
    assertThat(CommitStyle.wrapped("one two three ".repeat(10) + "\n\nlast").lines())
        .allMatch(line -> line.length() <= 72)
        .last()
        .isEqualTo("last");
  }
}

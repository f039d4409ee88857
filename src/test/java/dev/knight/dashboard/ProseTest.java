package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProseTest {
  @Test
  void what_is_held_is_a_list_of_paths_and_a_sentence() {
    assertThat(
            shown(
                """
                - `.github/workflows/ci.yml`: it changes what runs.
                - `a b`: **really**.

                The whole change: 2 files, tree `0123`.
                """))
        .isEqualTo(
            """
            bullets [code:.github/workflows/ci.yml][: it changes what runs.] \
            + [code:a b][: ][strong:really][.]
            text [The whole change: 2 files, tree ][code:0123][.]\
            """);
  }

  @Test
  void a_plan_has_titles_steps_and_code() {
    assertThat(
            shown(
                """
                ## Plan
                1. Read it
                2) Mend it
                ```sh
                - make `all`

                # ok
                ```
                Then rest,
                and report.
                """))
        .isEqualTo(
            """
            title [Plan]
            numbers 1[Read it] + 2[Mend it]
            code [- make `all`

            # ok]
            text [Then rest,
            and report.]\
            """);
  }

  @Test
  void all_else_stays_as_it_is() {
    String odd =
        "a * b ** c `d\n#7 <b>x</b> [y](javascript:z) ![p](q)\n-1 is less\n1.5 more\n99999. x";

    assertThat(shown(odd)).isEqualTo("text [" + odd + "]");
    assertThat(shown("<div>\n*x*\n</div>\n\n[r]: http://s"))
        .isEqualTo("text [<div>\n*x*\n</div>]\ntext [[r]: http://s]");
    assertThat(Prose.of(" \n\n").isEmpty()).isTrue();
    assertThat(shown("```\nnot closed")).isEqualTo("code [not closed]");
  }

  @Test
  void code_ends_where_its_own_fence_comes_again() {
    assertThat(shown("````md\n```sh\nmake\n```\n~~~~\n````\nDone"))
        .isEqualTo("code [```sh\nmake\n```\n~~~~]\ntext [Done]");
    assertThat(shown("~~~\n~~~ and not yet\n~~~~")).isEqualTo("code [~~~ and not yet]");
  }

  @Test
  void words_behind_a_fence_on_its_line_are_not_lost() {
    assertThat(shown("```rm -rf``` is what I do.\nMay I?"))
        .isEqualTo("text [code:rm -rf][ is what I do.\nMay I?]");
  }

  @Test
  void however_deep_it_is_it_is_read() {
    assertThat(shown("> ".repeat(9_000) + "x")).isEqualTo("text [x]");
    assertThat(shown("*".repeat(9_000) + "x" + "*".repeat(9_000)))
        .startsWith("text [***")
        .contains("*x*");
  }

  @Test
  void points_of_a_point_are_points_and_what_follows_one_is_text() {
    assertThat(shown("7. a\n   - b\n\n   c\n8. *d*"))
        .isEqualTo("numbers 7[a]\nbullets [b]\ntext [c]\nnumbers 8[d]");
  }

  @Test
  void one_line_of_it_has_no_marks() {
    assertThat(Prose.of("- `a`: b.\n- c\n\nThe **whole**\nchange").line())
        .isEqualTo("a: b. c The whole change");
  }

  private static String shown(String text) {
    return Prose.of(text).blocks().stream()
        .map(block ->
            block.look()
                + " "
                + block.items().stream().map(ProseTest::item).collect(Collectors.joining(" + ")))
        .collect(Collectors.joining("\n"));
  }

  private static String item(Prose.Item item) {
    return (item.number() == 0 ? "" : item.number())
        + item.spans().stream()
            .map(span -> span.look().isEmpty() ? span.text() : span.look() + ":" + span.text())
            .collect(Collectors.joining("][", "[", "]"));
  }
}

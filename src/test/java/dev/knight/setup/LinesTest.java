package dev.knight.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinesTest {
  private static final Question QUESTION = new Question("Which?", "--which ONE");
  private static final List<Choice<String>> CHOICES =
      List.of(Choice.of("a", "ada/engine"), new Choice<>("b", "ada/notes\033[31m", "private"));

  private final StringWriter out = new StringWriter();

  @Test
  void one_is_chosen_by_number_or_by_name_and_an_empty_line_takes_the_usual() {
    assertThat(lines("2\n").choose(QUESTION, CHOICES, Optional.empty())).isEqualTo("b");
    assertThat(lines("ada/engine\n").choose(QUESTION, CHOICES, Optional.of(1))).isEqualTo("a");
    assertThat(lines("\n").choose(QUESTION, CHOICES, Optional.of(1))).isEqualTo("b");
    assertThat(lines("7\n1\n").choose(QUESTION, CHOICES, Optional.empty())).isEqualTo("a");
    assertThat(out.toString()).contains("1) ada/engine", "(private)").doesNotContain("\033");
  }

  @Test
  void some_are_picked_by_numbers_with_commas() {
    assertThat(lines("2, 1\n").pick(QUESTION, CHOICES, Set.of())).containsExactly("a", "b");
    assertThat(lines("\n").pick(QUESTION, CHOICES, Set.of(1))).containsExactly("b");
    assertThat(lines("9\n1\n").pick(QUESTION, CHOICES, Set.of())).containsExactly("a");
  }

  @Test
  void texts_and_agreement_have_a_usual_answer() {
    assertThat(lines("\n").text(QUESTION, Optional.of("x"))).isEqualTo("x");
    assertThat(lines("\ny\n").text(QUESTION, Optional.empty())).isEqualTo("y");
    assertThat(lines("\n").agree(QUESTION, true)).isTrue();
    assertThat(lines("no\n").agree(QUESTION, true)).isFalse();
    assertThat(lines("Yes\n").agree(QUESTION, false)).isTrue();
    assertThat(lines("s3cret\n").secret(QUESTION).reveal()).isEqualTo("s3cret");
  }

  @Test
  void where_nobody_answers_the_option_is_named() {
    for (Asker asker : List.of(lines(""), new Nobody())) {
      assertThatThrownBy(() -> asker.secret(QUESTION))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--which ONE");
      assertThatThrownBy(() -> asker.choose(QUESTION, CHOICES, Optional.empty()))
          .hasMessageContaining("--which ONE");
      assertThatThrownBy(() -> asker.pick(QUESTION, CHOICES, Set.of()))
          .hasMessageContaining("--which ONE");
      assertThatThrownBy(() -> asker.text(QUESTION, Optional.empty()))
          .hasMessageContaining("--which ONE");
    }
    assertThat(new Nobody().choose(QUESTION, CHOICES, Optional.of(1))).isEqualTo("b");
    assertThat(new Nobody().pick(QUESTION, CHOICES, Set.of(0))).containsExactly("a");
    assertThat(new Nobody().agree(QUESTION, true)).isTrue();
  }

  private Lines lines(String typed) {
    return new Lines(new BufferedReader(new StringReader(typed)), new PrintWriter(out, true));
  }
}

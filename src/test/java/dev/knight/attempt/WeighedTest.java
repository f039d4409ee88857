package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WeighedTest {
  @Test
  void an_answer_is_weighed_by_numbers() {
    assertThat(
            Weighed.of(
                "Yes.\n```json\n{\"differs\": [2, \"x\"], \"confirms\": [1], \"more\": false}\n```"))
        .isEqualTo(new Weighed(Set.of(2), Set.of(1), false));
  }

  @Test
  void without_a_block_that_can_be_read_the_words_are_told_as_words() {
    Weighed words = new Weighed(Set.of(), Set.of(), true);

    assertThat(Weighed.of("Blue, he says.")).isEqualTo(words);
    assertThat(Weighed.of("```json\n{\"differs\": \"all\"}\n```")).isEqualTo(words);
  }
}

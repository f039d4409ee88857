package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemainsTest {
  @ParameterizedTest(name = "lives {0}, answers {1}, wanted {2}: {3}")
  @CsvSource({
    "true,  true,  true,  TAKEN_BACK",
    "true,  true,  false, STOPPED",
    "true,  false, true,  STOPPED",
    "true,  false, false, STOPPED",
    "false, true,  true,  CLEARED",
    "false, true,  false, CLEARED",
    "false, false, true,  CLEARED",
    "false, false, false, CLEARED",
  })
  void what_is_left_of_a_conversation_has_one_fate(
      boolean lives, boolean answers, boolean wanted, Remains.Fate fate) {
    assertThat(new Remains(lives, answers, wanted).fate()).isEqualTo(fate);
  }
}

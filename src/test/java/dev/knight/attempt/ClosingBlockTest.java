package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosingBlockTest {
  @ParameterizedTest
  @ValueSource(strings = {"> ", "- ", "*", "_", "[", "`", "<b>"})
  void however_deep_a_message_is_its_last_block_is_found(String piece) {
    String deep =
        piece.repeat(20_000 / piece.length()) + "x" + piece.repeat(20_000 / piece.length());

    ClosingBlock block = ClosingBlock.of(deep + "\n\n```json\n{\"a\": 1}\n```\n");

    assertThat(block.json()).hasValueSatisfying(json -> assertThat(json.path("a").asInt()).isOne());
    assertThat(block.before()).isEqualTo(deep.strip());
  }
}

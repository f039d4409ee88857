package dev.knight.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsTextTest {
  private static final SecretsText TEXT =
      new SecretsText("# mine\nKNIGHT_GITHUB_TOKEN=one\n\nKNIGHT_STORE_URL = x\n");

  @Test
  void a_secret_takes_the_place_of_the_one_before() {
    assertThat(TEXT.with("KNIGHT_GITHUB_TOKEN", "two").text())
        .isEqualTo("# mine\nKNIGHT_GITHUB_TOKEN=two\n\nKNIGHT_STORE_URL = x\n");
  }

  @Test
  void a_new_one_comes_last_and_an_old_one_goes() {
    assertThat(TEXT.with("KNIGHT_MODEL_API_KEY", "k").without("KNIGHT_STORE_URL").text())
        .isEqualTo("# mine\nKNIGHT_GITHUB_TOKEN=one\n\nKNIGHT_MODEL_API_KEY=k\n");
    assertThat(new SecretsText("A=b").with("C", "d").text()).isEqualTo("A=b\nC=d\n");
  }

  @Test
  void what_is_shown_shows_no_secret_and_which_are_new() {
    SecretsText now = TEXT.with("KNIGHT_GITHUB_TOKEN", "two");

    assertThat(now.shown(TEXT))
        .isEqualTo("# mine\nKNIGHT_GITHUB_TOKEN=*** (new)\n\nKNIGHT_STORE_URL =***\n");
    assertThat(Difference.lines(TEXT.shown(TEXT), now.shown(TEXT)))
        .contains("-KNIGHT_GITHUB_TOKEN=***", "+KNIGHT_GITHUB_TOKEN=*** (new)");
    assertThat(Difference.lines("a\n", "a\n")).isEmpty();
  }
}

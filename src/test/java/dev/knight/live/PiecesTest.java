package dev.knight.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiecesTest {
  private final Pieces pieces =
      new Pieces(new Redactor(new KnownSecrets(new Secret("hush-hush-hush"))));

  @Test
  void a_secret_in_two_pieces_is_not_shown() {
    pieces.begin();

    String shown = pieces.pass("The key is hush-hu") + pieces.pass("sh-hush, I think. ");

    assertThat(shown).doesNotContain("hush").startsWith("The key is ***, I");
  }

  @Test
  void characters_of_several_bytes_stay_whole() {
    pieces.begin();

    assertThat(pieces.pass("grün 🟢 ") + pieces.pass("und ß ")).isEqualTo("grün 🟢 und ß ");
  }

  @Test
  void of_a_message_whose_beginning_was_missed_nothing_is_shown() {
    assertThat(pieces.pass("the middle")).isEmpty();

    pieces.begin();
    pieces.end();
    assertThat(pieces.pass("the end")).isEmpty();
  }
}

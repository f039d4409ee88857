package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Secret;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutgoingTextTest {
  private final OutgoingText outgoing = new OutgoingText(List.of(new Secret("ghp_0123456789")));

  @Test
  void nobody_is_tagged_and_no_issue_is_closed() {
    String safe = outgoing.markdown("cc @ada, closes #12, fixes ada/engine#3, GH-4", 1000);

    assertThat(safe).doesNotContain("@ada").doesNotContain("#12").doesNotContain("#3");
    assertThat(safe).doesNotContain("GH-4");
  }

  @Test
  void no_image_is_loaded_and_no_tag_hides_text() {
    String safe = outgoing.markdown("![x](http://evil/?q=1) <img src=x> <!-- hidden -->", 1000);

    assertThat(safe).doesNotContain("![").doesNotContain("<img").doesNotContain("<!--");
  }

  @Test
  void secrets_and_control_characters_are_gone() {
    assertThat(outgoing.plain("a ghp_0123456789 b\u001b[31m\u202Ec\r\n"))
        .isEqualTo("a *** b[31mc\n");
  }

  @Test
  void a_block_cannot_be_ended_from_inside() {
    String block = outgoing.block("one\n````\n```\ntwo", 1000);

    assertThat(block).startsWith("```text\n").endsWith("\n```");
    assertThat(block.substring(7, block.length() - 3)).doesNotContain("```");
  }

  @Test
  void long_text_is_cut_between_characters() {
    String safe = outgoing.markdown("😀".repeat(100), 11);

    assertThat(safe).hasSizeLessThanOrEqualTo(11).endsWith("…");
    assertThat(safe.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF)).isEmpty();
  }

  @Test
  void generics_and_plain_words_stay_readable() {
    assertThat(outgoing.markdown("Use List<String> & mail a at b.", 1000))
        .isEqualTo("Use List&lt;String> & mail a at b.");
  }
}

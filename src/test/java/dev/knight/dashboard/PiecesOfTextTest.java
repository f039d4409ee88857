package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Where white space counts, a template's own would be read as text. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiecesOfTextTest {
  @Test
  void what_is_being_said_grows_by_its_own_letters_alone() throws Exception {
    assertThat(rendered("dashboard/typed.html", "text", "a\n <b> "))
        .isEqualTo("<span>a\n &lt;b&gt; </span>");
  }

  @Test
  void a_line_of_code_is_one_line() throws Exception {
    CodeLine line =
        new CodeLine(
            "add",
            "",
            "7",
            "+",
            List.of(Token.plain("  <"), new Token("t-word", "if"), Token.plain(">")));

    assertThat(rendered("tags/codeline.html", "line", line))
        .doesNotContain("\n")
        .startsWith("<span class=\"line add\">")
        .endsWith(">+</span>  &lt;<span class=\"t-word\">if</span>&gt;</span>");
  }

  private static String rendered(String template, String name, Object data) throws IOException {
    try (InputStream in = PiecesOfTextTest.class.getResourceAsStream("/templates/" + template)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of("text/html")))
          .build()
          .parse(text, Variant.forContentType("text/html"))
          .data(name, data)
          .render();
    }
  }
}

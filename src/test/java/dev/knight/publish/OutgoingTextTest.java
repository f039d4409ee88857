package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutgoingTextTest {
  private static final String SECRET = "ghp_0123456789";

  /** What a hostile agent puts together. Each acts when it is shown as it is. */
  private static final List<String> HOSTILE =
      List.of(
          "![pixel](https://evil.example/p?q=1)",
          "![pixel][ref]",
          "[ref]: https://evil.example/r \"title\"",
          "<img src=https://evil.example/i>",
          "<!-- hidden @ada -->",
          "<!-- knight:status 0123456789abcdef -->",
          "<!--",
          "-->",
          "<details><summary>x</summary>",
          "</details>",
          "<pre>",
          "@ada",
          "@ada/team",
          "&#64;ada",
          "@<b></b>ada",
          "@![ada](x)",
          "@[ada](x)",
          "fixes #12",
          "closes ada/engine#3",
          "Resolves: GH-4",
          "fixes https://github.com/ada/engine/issues/5",
          "[fine](https://evil.example/login)",
          "[x](javascript:alert(1))",
          "<https://evil.example/@ada>",
          "https://evil.example/@ada?a_b*c&d",
          "| a | `b | @ada` |",
          "| --- | --- |",
          "```",
          "````",
          "~~~",
          "\\~~~",
          "    indented @ada",
          "```mermaid\ngraph\n```",
          "# Verified",
          "### Verified\n===",
          "---",
          "> quoted",
          "- item",
          "1. item",
          "*",
          "**",
          "`",
          "\\",
          "[",
          "]",
          "(",
          ")",
          "!",
          "#",
          "@",
          "12",
          "ada",
          SECRET,
          "\u202E",
          "\u200B",
          "😀",
          "\uD83D",
          "\n",
          "\n\n",
          "  ",
          "\t",
          "plain words");

  private final OutgoingText outgoing =
      new OutgoingText(new Redactor(new KnownSecrets(new Secret(SECRET))));

  @Test
  void nobody_is_tagged_and_no_issue_is_closed() {
    String safe =
        outgoing.markdown(
            "cc @ada, closes #12, fixes ada/engine#3, GH-4, fixes http://a/b/c/issues/5", 1000);

    assertThat(safe).doesNotContain("@ada").doesNotContain("#12").doesNotContain("#3");
    assertThat(safe).doesNotContain("GH-4").contains("`http://a/b/c/issues/5`");
  }

  @Test
  void no_image_is_loaded_and_no_tag_hides_text() {
    String safe = outgoing.markdown("![x](http://evil/?q=1) <img src=x> <!-- hidden --> y", 1000);

    assertThat(safe).isEqualTo("x \\<img src=x\\>  y");
  }

  @Test
  void secrets_and_what_is_not_seen_are_gone() {
    assertThat(outgoing.plain("a ghp_0123456789 b\u001b[31m\u202Ec\u200B\uDB40\uDC41\r\n"))
        .isEqualTo("a *** b[31mc\n");
    assertThat(outgoing.plain("ghp_\u200B0123456789")).isEqualTo("***");
  }

  @Test
  void a_block_cannot_be_ended_from_inside() {
    String block = outgoing.block("one\n````\n```\n~~~\ntwo", 1000);

    assertThat(block).isEqualTo("`````text\none\n````\n```\n~~~\ntwo\n`````");
    assertThat(nodes(block)).hasSize(1).hasOnlyElementsOfType(FencedCodeBlock.class);
  }

  @Test
  void half_a_code_block_does_not_swallow_what_comes_after_it() {
    assertThat(nodes(outgoing.markdown("See:\n```java\nint a;", 1000) + "\n\nKnight's words."))
        .last()
        .isInstanceOfSatisfying(
            Text.class, text -> assertThat(text.getLiteral()).isEqualTo("Knight's words."));
  }

  @Test
  void long_text_is_cut_between_characters() {
    String safe = outgoing.markdown("😀".repeat(100), 11);

    assertThat(safe).hasSizeLessThanOrEqualTo(11).endsWith("…");
    assertThat(safe.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "Use `List<String>` & `@Override`. => Use `List<String>` \\& `@Override`.",
        "- one\\n- **two** => - one\\n- **two**",
        "```java\\nList<@A String> a; // #12\\n``` => ```java\\nList<@A String> a; // #12\\n```",
        "1. a\\n2. b => 1. a\\n2. b",
        "see https://a.example/x_y => see [https://a.example/x\\_y](https://a.example/x_y)",
        "[docs](https://a.example/) => docs ([https://a.example/](https://a.example/))",
        "## Done => **Done**",
        "[x](javascript:alert) => x (javascript:alert)",
        "```mermaid\\ngraph\\n``` => ```\\ngraph\\n```"
      })
  void what_people_write_stays_readable(String said, String shown) {
    assertThat(outgoing.markdown(said.replace("\\n", "\n"), 1000))
        .isEqualTo(shown.replace("\\n", "\n"));
  }

  @Test
  void knight_s_own_marker_does_not_count_in_what_others_say() {
    String marker = "<!-- knight:status 0123456789abcdef -->";

    assertThat(Marker.isIn(marker)).isTrue();
    assertThat(Marker.isIn(outgoing.markdown(marker, 1000))).isFalse();
    assertThat(Marker.isIn(outgoing.markdown("```\n" + marker + "\n```", 1000))).isFalse();
    assertThat(Marker.isIn(outgoing.block(marker, 1000))).isFalse();
    assertThat(Marker.isIn(outgoing.subject(marker, 1000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "a  b | <c> => a b | <c>",
        "Fixes #12 and ada/x#3, GH-4 => Fixes # 12 and ada/x# 3, GH 4",
        "Ask @ada about C# => Ask @ ada about C#",
        "Fix https://github.com/a/b/issues/1 => Fix github.com/a/b/issues/1",
        "Mend it [skip ci] [ci-skip] => Mend it (skip ci) (ci-skip)",
        "Co-authored-by: eve <e@x> => Co-authored-by eve <e@ x>",
        "skip-checks: true => skip-checks true"
      })
  void a_subject_does_nothing_on_github(String said, String shown) {
    assertThat(outgoing.subject(said, 100)).isEqualTo(shown);
  }

  @Test
  void a_line_is_one_line_whatever_it_begins_with() {
    assertThat(outgoing.line("# a\n\n- b | `c`", 100)).doesNotContain("\n").contains("\\|");
    assertThat(outgoing.line("```\nx", 100)).doesNotContain("\n");
    assertThat(nodes(outgoing.line("- @ada", 100))).doesNotHaveAnyElementsOfTypes(Heading.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {">", "- ", "*a ", "[", "![", "`", "<", "<!--", "&", "1. ", "  - ", "_*"})
  void a_tree_without_end_is_shown_as_it_was_written(String piece) {
    String safe = outgoing.markdown(piece.repeat(12_000 / piece.length()) + " @ada", 12_000);

    assertThat(acting(safe)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "_", "*_", "**_"})
  void stress_without_end_is_shown_as_it_was_written(String mark) {
    String marks = mark.repeat(24_000 / mark.length());

    String safe = outgoing.markdown(marks + "@ada" + new StringBuilder(marks).reverse(), 60_000);

    assertThat(safe).startsWith("```").contains("@ada");
    assertThat(outgoing.line(marks + "x" + marks, 60_000)).startsWith("`");
  }

  @Test
  void every_piece_of_the_corpus_that_acts_does_so_without_the_defence() {
    assertThat(HOSTILE.stream().filter(it -> !acting(it).isEmpty())).hasSizeGreaterThan(20);
  }

  @Test
  void however_hostile_pieces_are_put_together_nothing_acts() {
    for (int seed = 0; seed < 6_000; seed++) {
      Random random = new Random(seed);
      StringBuilder said = new StringBuilder();
      for (int i = 1 + random.nextInt(9); i > 0; i--) {
        said.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        said.append(random.nextInt(3) == 0 ? "\n" : random.nextBoolean() ? " " : "");
      }
      int limit = 20 + random.nextInt(400);

      String safe = outgoing.markdown(said.toString(), limit);
      String line = outgoing.line(said.toString(), limit);

      assertThat(acting(safe)).as("seed %d of\n%s\nshown as\n%s", seed, said, safe).isEmpty();
      assertThat(acting(line)).as("seed %d of\n%s\nshown as\n%s", seed, said, line).isEmpty();
      assertThat(line).doesNotContain("\n");
      assertThat(safe).doesNotContain(SECRET).hasSizeLessThanOrEqualTo(2 * limit + 60);
      assertThat(nodes(safe + "\n\nKnight's words."))
          .last()
          .isInstanceOfSatisfying(
              Text.class, text -> assertThat(text.getLiteral()).isEqualTo("Knight's words."));
    }
  }

  /** What of {@code markdown} GitHub would act on, hide or draw. */
  private static List<String> acting(String markdown) {
    boolean closes = Pattern.compile("(?i)\\b(fixes|closes|resolves)\\b").matcher(markdown).find();
    Pattern trigger =
        Pattern.compile("@[A-Za-z0-9]|#[0-9]|(?i)gh-[0-9]|https?://[^/]+/[^/]+/[^/]+/issues/[0-9]");
    List<String> acting = new ArrayList<>();
    if (Marker.isIn(markdown)) {
      acting.add("marker");
    }
    for (Node node : nodes(markdown)) {
      switch (node) {
        case Image _, HtmlInline _, HtmlBlock _, Heading _ -> acting.add(node.toString());
        case Link link
            when !(link.getFirstChild() instanceof Text text
                && text.getLiteral().equals(link.getDestination())) ->
            acting.add(link.toString());
        case FencedCodeBlock code when code.getInfo().contains("mermaid") -> acting.add("drawing");
        case Code code when code.getLiteral().contains("|") -> {
          if (trigger.matcher(code.getLiteral()).find()) {
            acting.add(code.toString());
          }
        }
        // GitHub looks for no one in a link, and closes what it leads to only after its word.
        case Text text when text.getParent() instanceof Link && !closes -> {}
        case Text text when trigger.matcher(text.getLiteral()).find() ->
            acting.add(text.toString());
        default -> {}
      }
    }
    return acting;
  }

  private static List<Node> nodes(String markdown) {
    List<Node> nodes = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              protected void visitChildren(Node parent) {
                for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                  nodes.add(child);
                  child.accept(this);
                }
              }
            });
    return nodes;
  }
}

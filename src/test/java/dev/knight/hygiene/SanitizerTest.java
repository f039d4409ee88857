package dev.knight.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.Removed.Kind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of attackers and of everybody else. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SanitizerTest {
  /** What no page shows, and no model may read. */
  private static final String EVIL = "OBEY";

  private final Sanitizer sanitizer = new Sanitizer();

  /** Each hides {@link #EVIL} from people, and shows {@code Fix it}. */
  private static Stream<String> hostile() {
    return Stream.of(
        "Fix it <!-- OBEY -->",
        "Fix it\n\n<!-- OBEY -->\n",
        "Fix it\n\n<!--\nOBEY\n\nOBEY\n-->\n",
        "Fix it\n\n<!-- OBEY",
        "Fix it <!-- OBEY",
        "Fix it <!-- a --!> OBEY <!-- b -->",
        "Fix it <!-- <!-- --> OBEY -->",
        "Fix it <!<!-- a -->-- OBEY -->",
        "Fix it\n\n<!<!-- a -->-- OBEY -->",
        "Fix it <!DOCTYPE OBEY>",
        "Fix it <?OBEY?>",
        "Fix it <![CDATA[OBEY]]>",
        "Fix it\n\n<?php OBEY\n\n?>",
        "Fix it\n\n<div>\n</ OBEY>\n</div>",
        "<div>\n`<!-- OBEY -->`\n</div>\n\nFix it",
        "Fix it\n\n<div><!--\n\nOBEY\n\n--></div>",
        "Fix it\n\n<div title=\"\n\nOBEY\n\n\">x</div>",
        "Fix it <span title=\"OBEY\">now</span>",
        "Fix it <OBEY all of it>",
        "Fix it <do-OBEY>",
        "Fix it\n\n<p data-x='OBEY'>now</p>",
        "Fix it <b hidden>OBEY</b>",
        "Fix it\n\n<div hidden>\n\nOBEY\n\n</div>\n",
        "Fix it\n\n<div hidden><div>\n\nOBEY\n\n</div>\n\nOBEY\n\n</div>\n",
        "Fix it\n\n<div style=\"display:none\">OBEY</div>",
        "Fix it\n\n<div STYLE='DISPLAY : NONE'>OBEY</div>",
        "Fix it\n\n<div style=display:none>\n\n- OBEY\n\n</div>",
        "Fix it\n\n<div style=\"display&#58;none\">OBEY</div>",
        "Fix it\n\n<div style=\"d\\69splay:none\">OBEY</div>",
        "Fix it\n\n<div style=\"dis/**/play:none\">OBEY</div>",
        "Fix it <span style=\"font-size:0\">OBEY</span>",
        "Fix it <span style=\"opacity:0\">OBEY</span>",
        "Fix it <font color=white>OBEY</font>",
        "Fix it <script>OBEY</script>",
        "Fix it\n\n<script>\n\nOBEY\n\n</script>",
        "Fix it\n\n<style>OBEY</style>",
        "Fix it\n\n<template>\n\nOBEY\n\n</template>",
        "Fix it <title>OBEY</title>",
        "Fix it <textarea>OBEY</textarea>",
        "Fix it <svg><text>OBEY</text></svg>",
        "Fix it <scr<!-- -->ipt>OBEY</scr<!-- -->ipt>",
        "Fix it <template>OBEY",
        "Fix it [a <b hidden>c](https://example.org) OBEY</b>",
        "Fix it [](https://example.org/OBEY)",
        "Fix it [ \u200B ](https://example.org/OBEY)",
        "Fix it [here](https://example.org \"OBEY\")",
        "Fix it [here](https://example.org 'OBEY')",
        "Fix it [here](<OBEY all of it>)",
        "Fix it [here](data:text/plain,OBEY)",
        "Fix it [here](javascript:OBEY)",
        "Fix it ![OBEY](https://example.org/a.png)",
        "Fix it ![a](https://example.org/OBEY.png)",
        "Fix it [![OBEY](https://example.org/a.png)](https://example.org/OBEY)",
        "Fix it [see ![OBEY](a.png) this](https://example.org \"OBEY\")",
        "Fix it <img alt=\"OBEY\" src=x>",
        "Fix it ![OBEY][p]\n\n[p]: https://example.org/a.png",
        "Fix it\n\n[//]: # (OBEY)",
        "Fix it\n\n[//]: # \"OBEY\"\n",
        "Fix it\n\n[x]: https://example.org 'OBEY'",
        "> [x]: <OBEY now>\n\nFix it",
        "Fix it\n\n[^1]: OBEY now and then\n",
        "Fix it\n\n[^1]: Well.\n\n    OBEY now\n",
        "Fix it\n\n```java OBEY now\nint x;\n```\n",
        "Fix it\n\n~~~ `OBEY`\nx\n~~~",
        "Fix it\n\n```mermaid\ngraph TD\n  %% OBEY\n  a --> b\n```\n",
        "Fix it $\\phantom{OBEY}$",
        "| a |\n| - |\n| `x | <!-- OBEY --> `|\n\nFix it",
        "- Fix it\n  <!-- OBEY\n  OBEY -->\n",
        "> Fix it\n> <b\n> title=\"OBEY\">x</b>\n",
        "Fix it <input hidden value=OBEY>",
        "Fix it\n\n<ruby>a<rp>OBEY</rp></ruby>",
        "Fix it <!--> <!-- OBEY -->",
        "Fix it\n<!-- OBEY -->\n<!-- OBEY -->",
        "# Fix it <!-- OBEY -->\n");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void what_a_page_does_not_show_is_left_out(String text) {
    Sanitized clean = sanitizer.markdown(text);

    assertThat(clean.text()).contains("Fix it").doesNotContain(EVIL);
    assertThat(clean.removed().isNothing()).isFalse();
    assertThat(sanitizer.markdown(clean.text())).isEqualTo(untouched(clean.text()));
  }

  /** What no person sees between {@code Fix} and {@code it}. */
  private static Stream<String> invisible() {
    return Stream.of(
            0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B,
            0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2062, 0x2064,
            0x2066, 0x2069, 0x206A, 0x2800, 0x3164, 0xE000, 0xF8FF, 0xFDD0, 0xFE00, 0xFE0F, 0xFEFF,
            0xFFA0, 0xFFF9, 0xFFFC, 0xFFFE, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF,
            0xF0000, 0x10FFFD)
        .map(Character::toString);
  }

  @ParameterizedTest
  @MethodSource("invisible")
  void characters_that_show_nothing_are_left_out(String character) {
    for (String many : List.of(character, character.repeat(3), character + "\u200D" + character)) {
      assertThat(sanitizer.markdown("Fix" + many + "it").text()).isEqualTo("Fixit");
      assertThat(sanitizer.plain("`Fix" + many + "it`").text()).isEqualTo("`Fixit`");
    }
  }

  @Test
  void they_are_left_out_of_code_and_of_how_html_spells_them_too() {
    assertThat(sanitizer.markdown("```\na\u200Bb\n```").text()).isEqualTo("```\nab\n```");
    assertThat(sanitizer.markdown("a&#8203;&#x200b;&shy;&ZeroWidthSpace;b").text()).isEqualTo("ab");
    assertThat(sanitizer.markdown("a&#0000000000000000917569;b").text()).isEqualTo("ab");
    assertThat(sanitizer.markdown("`a&#8203;b`").text()).isEqualTo("`a&#8203;b`");
    assertThat(sanitizer.plain("a\uD800b\uDC00c").text()).isEqualTo("abc");
  }

  @Test
  void a_message_in_tags_or_selectors_is_left_out() {
    String tags = EVIL.chars().mapToObj(c -> Character.toString(0xE0000 + c)).collect(join());
    String selectors = EVIL.chars().mapToObj(c -> Character.toString(0xE0100 + c)).collect(join());

    assertThat(sanitizer.markdown("\uD83C\uDFF4" + tags + "Fix it").text())
        .isEqualTo("\uD83C\uDFF4Fix it");
    assertThat(sanitizer.markdown("\uD83D\uDE00" + selectors + "Fix it").text())
        .isEqualTo("\uD83D\uDE00Fix it");
  }

  private static java.util.stream.Collector<CharSequence, ?, String> join() {
    return Collectors.joining();
  }

  /** Nothing of these may change. */
  private static Stream<String> benign() {
    return Stream.of(
        "",
        "Please fix the typo in `README.md`.",
        "The method returns `List<String>`, but I need `Map<K, V>`.",
        "It should return List<String> and not Set<T>, see Option<Box<dyn Error>>.",
        "Use Dictionary<string, int> or Func<in T, out R>, and foo<T extends Bar>().",
        "Why is it Map<?, ?> here?",
        "It returns List<Object> and should give Vec<Option>, Set<Image> or List<Map> too.",
        "If a < b and b > c, then a <= c; 1 << 3 is 8, x<y too.",
        "```java\nList<String> names = new ArrayList<>(); // <!-- no -->\n```",
        "```html\n<div hidden><!-- note --><img src=\"a.png\" alt=\"x\"></div>\n```",
        "```jsx\n<Foo bar={1} {...rest}><Bar/></Foo>\n```\n\nThat JSX breaks.",
        "    <template>\n      <p>{{ x }}</p>\n    </template>\n\nIndented code.",
        "~~~c++\nstd::vector<std::pair<int, int>> v;\n~~~",
        "````md\n```js\nx\n```\n````",
        "Inline: `<!-- -->`, `<script>`, ``a ` b``, `![x](y)`, `[a]: b`.",
        "See [the docs](https://example.org/a_(b)?q=1#x) and <https://example.org>.",
        "See [here](docs/a.md), [there](#part), [mail](mailto:ada@example.org).",
        "A footnote[^1].\n\n[^1]: It is shown below the text.",
        "# Title\n\n- one\n  - two\n- [ ] open\n- [x] done\n\n1. first\n2) second",
        "| a | b |\n| --- | :-: |\n| `x \\| y` | <br> |\n",
        "> quoted\n> > twice\n\nand *so* **on** ~~x~~ __y__ \\*z\\*",
        "Line one  \nline two\\\nline three\n\n---\n\n***",
        "H<sub>2</sub>O, <kbd>Ctrl</kbd>+<kbd>C</kbd>, x<sup>2</sup>, <b>bold</b>",
        "<p align=\"center\">\n  <b>Centred</b>\n</p>",
        "<table>\n<tr><td width=\"50%\">a</td><td colspan=2>b</td></tr>\n</table>",
        "<a href=\"https://example.org/x\">a link</a>",
        "5 &lt; 6 &amp;&amp; a &gt; b &copy; 2026 &nbsp; &#8212; &hearts;",
        "Tab\there, and \u00A0 no-break, thin\u2009space, \u3000 wide.",
        "Caf\u00E9, nai\u0308ve, \u00C5ngstr\u00F6m, Z\u0302\u0301a",
        "\u4F60\u597D\uFF0C\u4E16\u754C\u3002\u4FEE\u590D\u8FD9\u4E2A\u9519\u8BEF\u3002",
        "\u845B\uDB40\uDD00\u98FE\u533A\u306E\u4F4F\u6240", // an ideograph with its selector
        "\u3053\u3093\u306B\u3061\u306F \uFF76\uFF9E \uD55C\uAD6D\uC5B4 \u1112\u1161\u11AB",
        "\u05E9\u05DC\u05D5\u05DD\u200F! \u05D1\u05BC\u05B0\u05E8\u05B5\u05D0\u05E9\u05B4\u05C1",
        "\u0645\u0631\u062D\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645\u061F \u0600\u0661",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian needs its non-joiner
        "\u0915\u094D\u200D\u0937 \u0D28\u0D4D\u200D \u0DC1\u0DCA\u200D\u0DBB\u0DD3",
        "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35\u200B\u0E0A\u0E32\u0E27\u0E42\u0E25\u0E01",
        "\uD83D\uDC4D \u2764\uFE0F \u2705 \u26A0\uFE0F \u00A9\uFE0F \u263A\uFE0E",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 a family",
        "\uD83D\uDC4B\uD83C\uDFFD \uD83E\uDDD1\uD83C\uDFFF\u200D\uD83D\uDCBB \uD83D\uDC69\u200D\uD83E\uDDB0",
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 \u26F9\uD83C\uDFFB\u200D\u2640\uFE0F",
        "\uD83C\uDDE9\uD83C\uDDEA \uD83C\uDDEF\uD83C\uDDF5 1\uFE0F\u20E3 #\uFE0F\u20E3",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
        "\u28FF\u2800\u28FF braille",
        "at com.acme.Main.main(Main.java:7)\n\tat java.base/java.lang.Thread.run(Thread.java:1)",
        "[2026-01-01 10:00:00] [INFO] [main] started\n[2026-01-01 10:00:01] [WARN] slow",
        "C:\\Users\\ada\\file.txt and ${HOME}/x and {{ template }} and {% tag %}",
        "Costs $5 to $10; \\(x\\) and $a^2 + b^2$ and `\\phantom{x}`",
        "Ping @ada and #12, see owner/repo#3 and GH-4; fixes it.",
        "/usr/bin/env, !important, @decorator",
        "arr[0][1] and f(x)[y](z?) and array[i] = [1, 2]",
        "-->  <-- <- -> => <=> <3 <> </> <\u00E9>",
        "```mermaid\ngraph TD\n  a --> b\n```",
        "diff:\n\n```diff\n- <a>\n+ <b>\n```");
  }

  @ParameterizedTest
  @MethodSource("benign")
  void what_a_page_shows_stays_to_the_letter(String text) {
    assertThat(sanitizer.markdown(text)).isEqualTo(untouched(text));
    assertThat(sanitizer.plain(text)).isEqualTo(untouched(text));
  }

  @Test
  void lines_end_as_the_agent_knows_them() {
    assertThat(sanitizer.markdown("a\r\nb\rc\n")).isEqualTo(untouched("a\nb\nc\n"));
  }

  @Test
  void what_is_folded_on_the_page_is_read_as_folded() {
    String text = "<details>\n<summary>Log</summary>\n\n```\nboom\n```\n\n</details>";

    assertThat(sanitizer.markdown(text))
        .isEqualTo(
            untouched(
                "[folded part]\n<summary>Log</summary>\n\n```\nboom\n```\n\n[end of the folded part]"));
  }

  @Test
  void what_was_left_out_is_counted_and_told() {
    Sanitized clean =
        sanitizer.markdown("<!-- a --> b <!-- c --> \u200B\u200B![x](y) [z](https://z.org \"t\")");

    assertThat(clean.text()).isEqualTo(" b  [image] [z](https://z.org)");
    assertThat(clean.removed().counts())
        .isEqualTo(Map.of(Kind.COMMENT, 2, Kind.CHARACTER, 2, Kind.IMAGE, 1, Kind.TITLE, 1));
    assertThat(clean.removed().toString())
        .isEqualTo("2 HTML comments, 2 invisible characters, 1 image, 1 hidden title");
    assertThat(clean.removed().and(clean.removed()).toString()).startsWith("4 HTML comments");
    assertThat(Removed.NOTHING.toString()).isEmpty();
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    Sanitized clean = sanitizer.markdown("\uD83D\uDE00".repeat(20_000));

    assertThat(clean.text()).hasSizeLessThanOrEqualTo(Sanitizer.LONGEST).endsWith("[cut here]");
    assertThat(clean.text()).doesNotContainPattern("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])");
    assertThat(clean.removed().toString()).contains("characters beyond the limit");
    assertThat(sanitizer.markdown(clean.text())).isEqualTo(untouched(clean.text()));
  }

  @Test
  void a_disguise_in_many_layers_is_taken_apart_in_few_rounds() {
    String layers = "Fix " + "<x ".repeat(900) + "<!-- -->" + " y>".repeat(900);

    Sanitized clean = sanitizer.markdown(layers);

    assertThat(clean.removed().counts()).containsKey(Kind.NESTING);
    assertThat(clean.text()).doesNotContain("<");
    assertThat(sanitizer.markdown(clean.text())).isEqualTo(untouched(clean.text()));
  }

  /** Each is the kind of text that makes a parser slow; the number of rounds is bounded for all. */
  @Timeout(60)
  @ParameterizedTest
  @MethodSource("slow")
  void no_text_takes_long(String unit) {
    String text = unit.repeat(Sanitizer.LONGEST / unit.length() + 1);

    Sanitized clean = sanitizer.markdown(text);

    assertThat(clean.text()).hasSizeLessThanOrEqualTo(Sanitizer.LONGEST);
    assertThat(sanitizer.markdown(clean.text())).isEqualTo(untouched(clean.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "_", "*_", "**_"})
  void stress_without_end_is_taken_out(String mark) {
    String marks = mark.repeat(16_000 / mark.length());

    Sanitized clean = sanitizer.markdown(marks + "x" + new StringBuilder(marks).reverse());

    assertThat(clean.removed().counts()).containsKey(Kind.NESTING);
    assertThat(clean.text()).contains("x").doesNotContain("*", "_");
    assertThat(sanitizer.markdown(clean.text())).isEqualTo(untouched(clean.text()));
  }

  private static Stream<String> slow() {
    return Stream.of(
        "<",
        "<!--",
        "<!-- <!-- --> ",
        "<a ",
        "<a b=\"",
        "</",
        "<?",
        "[",
        "]",
        "![",
        "[a](",
        "[a](b) ",
        "![a](b) ",
        "`",
        "`` ` ",
        "*a_ ",
        "**a ",
        ">",
        "> ",
        "* ",
        "1. ",
        "<div>\n\n",
        "<div hidden>\n\n",
        "[a]: b\n\n",
        "[^a]: b c\n\n",
        "```x y\n",
        "&#8203;",
        "&",
        "\\",
        "\u200D",
        "\uD83D\uDE00\u200D",
        "| a ",
        "$\\phantom{",
        "<style ",
        "a<b>",
        "\t",
        "\n",
        "<b title=x>",
        "~~~\n",
        "<br>",
        "](x)",
        "<!X ");
  }

  @Test
  void twice_is_once_whatever_the_text_is() {
    Random random = new Random(7);
    List<String> parts =
        Stream.concat(hostile(), benign())
            .flatMap(text -> Stream.of(text, text.substring(0, text.length() / 2)))
            .toList();
    IntStream.range(0, 3_000)
        .forEach(_ -> {
          String text =
              IntStream.range(0, 1 + random.nextInt(6))
                  .mapToObj(_ -> parts.get(random.nextInt(parts.size())))
                  .collect(Collectors.joining(random.nextBoolean() ? "" : "\n\n"));
          Sanitized clean = sanitizer.markdown(text);
          assertThat(sanitizer.markdown(clean.text())).as(text).isEqualTo(untouched(clean.text()));
        });
  }

  private static Sanitized untouched(String text) {
    return new Sanitized(text, Removed.NOTHING);
  }
}

package dev.knight.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MentionGrammarTest {
  private static final MentionGrammar GRAMMAR = new MentionGrammar(List.of("knight", "ada-bot"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@knight stop",
        "@knight stop.",
        "@knight: Stop!",
        "@knight stop please",
        "@knight stop it now",
        "@knight stop, that is the wrong file",
        "Oh no.\n\n@knight stop\nI will do it myself"
      })
  void a_bare_stop_is_an_order(String text) {
    assertThat(GRAMMAR.word(text)).contains(Word.STOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@knight",
        "@knight stop using tabs",
        "@knight stopwatch is broken",
        "@knight stop **using** tabs",
        "@knight stop `pump` from leaking",
        "@knight make it stop",
        "please stop @knight's pump"
      })
  void a_request_that_begins_with_stop_is_a_request(String text) {
    assertThat(GRAMMAR.word(text)).isEmpty();
  }

  /** What is expected, then the text; a line break is written as ⏎. */
  private static final String TABLE =
      """
      yes | @knight
      yes | @knight fix this
      yes | please, @knight: fix this
      yes | (@knight)
      yes | "@knight"
      yes | @KNIGHT fix this
      yes | @Knight, please
      yes | @knight.
      yes | @knight's turn
      yes | @ada-bot fix
      yes | @knight@knight
      yes | **@knight** fix
      yes | _@knight_ fix
      yes | ~~@knight~~
      yes | # @knight fix
      yes | - @knight fix
      yes | - [ ] @knight fix
      yes | 1. one⏎2. @knight two
      yes | text⏎@knight in the next line
      yes | | a | @knight |⏎|---|---|⏎| 1 | 2 |
      yes | > quoted⏎⏎@knight see above
      yes | ```⏎code⏎```⏎@knight fix
      yes | `code` @knight
      yes | @knight `code`
      yes | `@knight` and @knight
      yes | <!-- hidden --> and⏎@knight then
      yes | some <b>@knight</b> bold
      yes | お願い@knight直して
      yes | see [this](http://example.org) @knight
      yes | \\\\ @knight
      yes | `open @knight
      yes | @knighty @knight
      no  |
      no  | knight fix this
      no  | @ knight
      no  | @knights
      no  | @knight-errant
      no  | @knight2
      no  | @knight_corp
      no  | @knight/team
      no  | @ada
      no  | @ada-bot2
      no  | me@knight
      no  | mail me@knight.dev
      no  | ada_@knight
      no  | josé@knight.dev
      no  | 1@knight
      no  | https://example.org/@knight
      no  | `@knight`
      no  | ``a ` @knight``
      no  | `code⏎@knight over lines`
      no  | ```⏎@knight⏎```
      no  | ```⏎@knight never closed
      no  | ~~~java⏎@knight⏎~~~
      no  |     @knight indented
      no  | - item⏎⏎      @knight indented in a list
      no  | > @knight
      no  | >@knight
      no  | > > @knight
      no  | > a⏎@knight lazily quoted
      no  | - > @knight quoted in a list
      no  | <!-- @knight -->
      no  | <!-- @knight never closed
      no  | text <!-- @knight --> text
      no  | <div>@knight</div>
      no  | <details>⏎@knight⏎</details>
      no  | <pre>⏎⏎@knight⏎</pre>
      no  | run <code>@knight</code> now
      no  | [@knight](http://example.org)
      no  | ![@knight](http://example.org/a.png)
      no  | <https://example.org/@knight>
      no  | \\@knight
      no  | &#64;knight
      no  | @kni**ght**
      no  | @knight done <!-- knight:status 12 -->
      """;

  static Stream<String> cases() {
    return TABLE.lines().filter(line -> !line.isBlank());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_text_addresses_knight_or_not(String row) {
    String text = row.substring(row.indexOf('|') + 1).replaceFirst("^ ", "").replace('⏎', '\n');

    assertThat(GRAMMAR.mentions(text)).isEqualTo(row.startsWith("yes"));
  }

  static Stream<String> hostile() {
    return Stream.of(
            "> ",
            "- ",
            "1. ",
            "> - ",
            "`",
            "`a``b```c",
            "a\n`",
            "[",
            "![",
            "[a](",
            "[a](<b",
            "![[]()",
            "[x]: <",
            "*",
            "*a **a ",
            "**x* ",
            "<",
            "<!-- a ",
            "<a b=\"",
            "<a ",
            "<?",
            "<![CDATA[",
            "&#",
            "\\",
            "@",
            "@knight",
            "@knightx ",
            "\t",
            "\n",
            "\0",
            "[]",
            "]( ")
        .map(unit -> unit.repeat(65_536 / unit.length()));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_text_is_judged_in_bounded_time(String text) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> GRAMMAR.mentions(text + "\n\n@knight" + text));
  }

  @Test
  void deep_brackets_around_a_mention_are_judged_in_bounded_time() {
    String text = "[".repeat(30_000) + " @knight " + "]".repeat(30_000);

    assertThat(GRAMMAR.mentions(text)).isTrue();
  }

  @Test
  void what_lies_beyond_githubs_limit_is_not_read() {
    assertThat(GRAMMAR.mentions("x ".repeat(40_000) + "@knight")).isFalse();
  }

  @Test
  void a_name_is_no_pattern() {
    assertThat(new MentionGrammar(List.of("k.*")).mentions("@knight")).isFalse();
    assertThat(new MentionGrammar(List.of()).mentions("@knight")).isFalse();
  }
}

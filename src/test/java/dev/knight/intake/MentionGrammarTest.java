package dev.knight.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.knight.job.Order;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MentionGrammarTest {
  private static final MentionGrammar GRAMMAR = new MentionGrammar(List.of("knight", "ada-bot"));

  /** What is wanted, then the text; a line break is written as ⏎. */
  private static final String ORDERS =
      """
      STOP   | @knight stop
      STOP   | @knight stop.
      STOP   | @knight: Stop!
      STOP   | @knight stop please
      STOP   | @knight stop it now
      STOP   | @knight, STOP
      STOP   | @knight **stop**
      STOP   | **@knight stop**
      STOP   | **@knight** stop
      STOP   | @knight /stop
      STOP   | @knight stop, that is the wrong file
      STOP   | @knight stop - I do it myself
      STOP   | Oh no.⏎⏎@knight stop⏎I will do it myself
      DO     | @knight stop using tabs
      DO     | @knight stopwatch is broken
      DO     | @knight stop-word lists are wrong
      DO     | @knight stop **using** tabs
      DO     | @knight stop `pump` from leaking
      DO     | @knight stop [pump](http://example.org) from leaking
      DO     | @knight stop the pump from leaking
      DO     | @knight make it stop
      DO     | please stop @knight's pump
      STATUS | @knight status
      STATUS | @knight status?
      STATUS | @knight Status please
      STATUS | @knight, status update please!
      STATUS | - @knight status
      STATUS | @knight `/status`
      STATUS | Hi @knight: status? I have to tell my boss
      STATUS | @knight status?⏎⏎I have to tell my boss
      DO     | @knight status codes are wrong
      DO     | @knight status page is broken
      DO     | @knight status: the column has to be shown in red
      DO     | @knight what is wrong with the status
      HELP   | @knight help
      HELP   | @knight Help!
      HELP   | @knight help me please
      HELP   | @knight /help
      DO     | @knight help me fix the build
      DO     | @knight help⏎⏎The build is broken on Windows
      DO     | @knight help: the build is broken
      DO     | @knight help texts are wrong
      RETRY  | @knight retry
      RETRY  | @knight retry please
      RETRY  | @knight: try again
      RETRY  | @knight retry this, please.
      RETRY  | @knight retry. The registry was down
      DO     | @knight retry the download three times
      DO     | @knight retry logic is missing
      DO     | @knight retry, timeout and backoff have to be settings
      GO     | @knight go
      GO     | @knight Go!
      GO     | @knight go ahead
      GO     | @knight go ahead, looks good
      GO     | @knight go for it. And thanks
      GO     | @knight go with the plan
      GO     | @knight go, but leave out the docs
      GO     | @knight go but leave out step three
      DO     | @knight go modules are broken
      DO     | @knight go through the tests and fix them
      PLAN   | @knight plan
      PLAN   | @knight plan this first
      PLAN   | @knight plan: move to Java 25
      PLAN   | @knight plan the move to Java 25
      PLAN   | @knight plan how you would split the parser
      PLAN   | @knight /plan moving to Java 25
      DO     | @knight plan page shows the wrong price
      DO     | @knight plan B is better
      DO     | @knight plans are cut off
      ASK    | @knight ask why does the test take so long
      ASK    | @knight ask: where is the parser
      ASK    | @knight ask whether the lock is fair?
      ASK    | @knight ask what `flush` is for
      ASK    | @knight /ask whether the lock is fair
      DO     | @knight ask the user before deleting
      DO     | @knight ask for confirmation before deleting
      REVIEW | PR | @knight review
      REVIEW | PR | @knight review this please
      REVIEW | PR | @knight Review this PR.
      REVIEW | PR | @knight review the error handling
      REVIEW | PR | @knight review with an eye on security
      REVIEW | PR | @knight review: is the lock right?
      DO     | PR | @knight review comments are still open
      DO     | PR | @knight review the config loader and fix what is wrong
      DO     | PR | @knight review feedback is in, go on
      REVIEW | @knight review
      REVIEW | @knight review this please
      DO     | @knight review the config loader and fix what is wrong
      DO     | @knight review the error handling
      DO     | @knight
      DO     | @knight fix
      DO     | @knight rebase
      DO     | @knight thanks!
      DO     | @knight please add a status command and its help
      """;

  static Stream<String> orders() {
    return ORDERS.lines();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orders")
  void an_order_is_told_from_a_request_that_begins_like_one(String row) {
    String[] order = row.split("\\|", 2);
    boolean pull = order[1].startsWith(" PR |");
    String text = order[1].substring(pull ? 6 : 1).replace('⏎', '\n');

    assertThat(GRAMMAR.said(text, pull))
        .contains(new Said(Order.valueOf(order[0].strip()), Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "@knight stauts, stauts",
    "@knight statsu?, statsu",
    "@knight sttus please, sttus",
    "@knight reveiw this, reveiw",
    "@knight retyr, retyr",
    "@knight hlep, hlep",
    "@knight plann, plann",
    "@knight stpo!, stpo",
    "@knight ask, ask",
    "@knight /rebase, rebase",
    "@knight /rebase onto main, rebase",
    "@knight /Reveiw, reveiw"
  })
  void a_word_that_was_meant_as_an_order_and_is_none_asks_for_help(String text, String word) {
    assertThat(GRAMMAR.said(text, false)).contains(new Said(Order.HELP, Optional.of(word)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@knight reveiw the parser and mend it",
        "@knight fix it please",
        "@knight stauts\n\nThe column is too wide",
        "@knight do"
      })
  void a_request_is_no_slip(String text) {
    assertThat(GRAMMAR.said(text, false)).contains(Said.FREE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop it", "status please", "go, now", "review this, again", "retry all"})
  void an_order_with_thousands_of_words_more_is_read_to_its_end(String order) {
    String[] words = order.split("(?=[ ,]+[a-z]+$)", 2);

    assertThat(GRAMMAR.said("@knight " + words[0] + words[1].repeat(10_000), true)).isPresent();
  }

  @Test
  void a_text_that_does_not_address_knight_wants_nothing() {
    assertThat(GRAMMAR.said("status", false)).isEmpty();
    assertThat(GRAMMAR.said("`@knight stop`", false)).isEmpty();
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

  @ParameterizedTest
  @ValueSource(strings = {"*", "_", "*_", "**_"})
  void a_mention_under_any_stress_is_a_mention(String mark) {
    String marks = mark.repeat(30_000 / mark.length());

    assertThat(
            GRAMMAR.mentions("@knight go\n\n" + marks + "x" + new StringBuilder(marks).reverse()))
        .isTrue();
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

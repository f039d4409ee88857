package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LexerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "a/Pump.java | return \"a\\\"b\" + x1; // it's | w:return t:\"a\\\"b\" c:// it's",
        "Pump.java   | int i = 42; /* a */ int j; | w:int n:42 c:/* a */ w:int",
        "lib.rs      | fn x<'a>(y: &'a str) | w:fn",
        "x.py        | def f(a): # it's | w:def c:# it's",
        ".gitignore  | # all 3 | c:# all 3",
        "run.sh      | if [ $# -gt 1 ]; then # it's | w:if n:1 w:then c:# it's",
        "run.sh      | x=${file#*.} y=${#x};# z | c:# z",
        "Dockerfile  | FROM x:1 # y | w:FROM n:1 c:# y",
        "q.SQL       | SELECT 'a' FROM t -- b | w:SELECT t:'a' w:FROM c:-- b",
        "x.json      | \"a\": [1, true] | t:\"a\" n:1 w:true",
        "x.html      | <a href=\"b\"><!-- c --> | t:\"b\" c:<!-- c -->",
        "README.md   | don't return 1 |§§",
        "x.js        | let s = `a` + 'b' | w:let t:`a` t:'b'",
        "x.ts        | \"not closed | §§"
      })
  void words_of_code_are_told_apart_by_the_name_of_the_file(
      String path, String line, String expected) {
    List<Token> tokens = new Lexer(Language.of(path.strip())).line(line);

    assertThat(text(tokens)).isEqualTo(line);
    assertThat(
            tokens.stream()
                .filter(token -> !token.look().isEmpty())
                .map(token -> token.look().charAt(2) + ":" + token.text())
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected == null ? "" : expected.replace("t-", ""));
  }

  @Test
  void a_comment_goes_on_over_lines() {
    Lexer lexer = new Lexer(Language.of("A.java"));

    lexer.line("int a; /* one");

    assertThat(lexer.line(" return 2")).extracting(Token::look).containsExactly("t-comment");
    assertThat(lexer.line(" three */ return"))
        .extracting(Token::look)
        .containsExactly("t-comment", "", "t-word");
  }

  @Test
  void a_hunk_may_begin_inside_a_comment() {
    Lexer lexer = new Lexer(Language.of("A.java"));

    assertThat(lexer.line("   * returns 1 for all"))
        .extracting(Token::look)
        .containsOnly("t-comment");
    lexer.line("   */");
    assertThat(lexer.line("return")).extracting(Token::look).containsExactly("t-word");
  }

  private static String text(List<Token> tokens) {
    return tokens.stream().map(Token::text).collect(Collectors.joining());
  }
}

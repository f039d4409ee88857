package dev.knight.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PathNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".github/workflows/ci.yml",
        ".GitHub/Workflows/CI.YML",
        ".git\u200chub/workflows/ci.yml",
        ".github./workflows /ci.yml",
        ".github\\workflows\\ci.yml",
        ".github::$INDEX_ALLOCATION/workflows/ci.yml::$DATA",
        ".git\uff48ub/workflow\u017f/ci.yml",
      })
  void every_spelling_of_a_path_is_one(String path) {
    assertThat(Names.folded(path)).isEqualTo(".github/workflows/ci.yml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\u202etxt",
        "a.",
        "a ",
        "a./b",
        " a",
        "a:b",
        "a\\b",
        "a*",
        "con",
        "Aux.txt",
        "d/lpt1",
        "GITHUB~1/workflows",
        "GIT~2",
        "latin\ufffd",
        "a\u200bb",
        "\ue000"
      })
  void an_odd_name_is_seen(String path) {
    assertThat(Names.isOdd(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "README.md",
    "größe – λ.txt",
    ".gitignore",
    "src/deep/Pump.java",
    "a b/c (1).txt",
    "file~",
    "console.js",
    "docs/v1.2.3/a.b",
    "auxiliary/x",
    "com/example/App.java",
    "読む.md",
  })
  void an_ordinary_name_is_not_odd(String path) {
    assertThat(Names.isOdd(path)).isFalse();
  }
}

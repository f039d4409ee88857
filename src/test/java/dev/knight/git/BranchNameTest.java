package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BranchNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Fix the pump                                        | knight/42-fix-the-pump
          Größe der Übersicht: naïve façade                   | knight/42-grosse-der-ubersicht-naive-facade
          修复崩溃                                              | knight/42
          🚀 !!! ...                                          | knight/42
          ..//--@{u}~^:?*[\\.lock                             | knight/42-u-lock
          The quick brown fox jumps over the lazy dog again   | knight/42-the-quick-brown-fox-jumps-over-the-lazy
          Donaudampfschifffahrtselektrizitätenhauptbetriebswerk fails | knight/42-donaudampfschifffahrtselektrizitatenhaup
          """)
  void a_title_becomes_a_short_plain_branch(String title, String branch) {
    String name = BranchName.of(42, title).value();

    assertThat(name).isEqualTo(branch);
    assertThat(Repository.isValidRefName("refs/heads/" + name)).isTrue();
  }

  @Test
  void a_title_of_control_characters_still_has_a_branch() {
    assertThat(BranchName.of(7, "\u0000\u202e\n\t").value()).isEqualTo("knight/7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-f",
        "--force",
        "HEAD",
        "refs/heads/main",
        "a..b",
        "a b",
        "a.lock",
        "/a",
        "a/",
        "a//b",
        "a~1",
        "a^",
        "a:b",
        "a\\b",
        "a@{1}",
        "@",
        ".a",
        "a\n"
      })
  void what_git_would_misread_is_no_branch(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BranchName(name));
  }
}

package dev.knight.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.RefusedException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db/**             | db/a/b.sql",
        "db                | db/a/b.sql",
        "db/               | app/db/b.sql",
        "*.sql             | a/b/c.sql",
        "**/*.sql          | c.sql",
        "**/*.sql          | a/b/c.sql",
        "src/**/secret.txt | src/secret.txt",
        "src/**/secret.txt | src/a/b/secret.txt",
        "/build.gradle     | build.gradle",
        "deploy/?.yml      | deploy/a.yml",
        "deploy/[a-c].yml  | deploy/b.yml",
        "deploy/[!a-c].yml | deploy/d.yml",
        "{infra,deploy}/** | deploy/x",
        "a/{b,c{d,e}}/f    | a/ce/f",
        "Docs/**           | docs/A.md",
        "a/**b             | a/x/yb",
        "**                | anything/at/all",
        "./db/*            | db/x",
      })
  void a_glob_matches_what_it_says(String glob, String path) {
    assertThat(Glob.of(glob).matches(Names.folded(path))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db/**             | dbs/a",
        "/db               | app/db/b.sql",
        "db/*.sql          | db/a/b.sql",
        "*.sql             | a.sqlx",
        "a/?               | a/",
        "src/**/secret.txt | src/asecret.txt",
        "deploy/[!a-c].yml | deploy/b.yml",
        "{infra,deploy}/** | infra2/x",
      })
  void a_glob_matches_nothing_else(String glob, String path) {
    assertThat(Glob.of(glob).matches(Names.folded(path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[b", "{a,b", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"})
  void what_is_no_glob_is_refused(String glob) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> Glob.of(glob))
        .withMessageContaining("is not a glob");
  }

  @Test
  void a_glob_made_to_take_for_ever_does_not() {
    assertThat(Glob.of("*a".repeat(100) + "b").matches("a".repeat(4_000))).isFalse();
  }
}

package dev.knight.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names from outside may look like, and what they may never be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada/engine",
        "a/b",
        "Ada-Lovelace/engine.js",
        "a1/_private",
        "a/.github",
        "a/...",
        "a/-",
        "a/--upload-pack",
        "a/gitx",
      })
  void a_repository_that_github_could_have_is_read(String text) {
    assertThat(RepositoryName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "engine",
        "ada/",
        "/engine",
        "ada/engine/extra",
        "ada//engine",
        "../engine",
        "ada/..",
        "ada/.",
        "./engine",
        "-ada/engine",
        "ada/.git",
        "ada/engine.git",
        "ada/ENGINE.GIT",
        "ada/engine\n",
        "ada/eng\0ine",
        "ada/eng ine",
        "ada/eng%2e",
        "ada/engine?x",
        "ada/engine#1",
        "ada/engine:8",
        "ada\\engine",
        "ada/$(id)",
        "ada/`id`",
        "ada/engine;id",
        "ada/еngine",
        "ada/engine\u202e",
        "a.b/engine",
        "a_b/engine",
      })
  void a_hostile_repository_name_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryName.parse(text))
        .withMessageContaining("write owner/name");
  }

  @Test
  void a_repository_name_has_a_longest_length() {
    assertThat(RepositoryName.parse("a".repeat(39) + "/" + "b".repeat(100))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryName.parse("a".repeat(40) + "/b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryName.parse("a/" + "b".repeat(101)));
  }

  @Test
  void two_spellings_of_a_repository_are_one() {
    RepositoryName one = RepositoryName.parse("Ada/Engine");
    RepositoryName other = RepositoryName.parse("ada/engine");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.key()).isEqualTo("ada/engine");
    assertThat(one).hasToString("Ada/Engine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/...", "a/.github", "a/-", "a/x..y"})
  void a_repository_name_stays_inside_its_directory(String text) {
    Path root = Path.of("/home/knight/mirrors");

    assertThat(root.resolve(RepositoryName.parse(text).key()).normalize())
        .startsWithRaw(root)
        .isNotEqualTo(root)
        .isNotEqualTo(root.resolve("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/ada/engine/issues/7,               github.com,     ada/engine#7",
    "https://github.com/ada/engine/pull/7/files?w=1,       github.com,     ada/engine#7",
    "https://github.com/ada/engine/issues/7#issuecomment-1, github.com,    ada/engine#7",
    "'  https://github.com/ada/engine/pull/12  ',          github.com,     ada/engine#12",
    "http://127.0.0.1:8080/ada/engine/issues/999999999,    127.0.0.1:8080, ada/engine#999999999",
  })
  void an_issue_is_named_by_its_page(String text, String host, String subject) {
    IssueUrl url = IssueUrl.parse(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.subject()).hasToString(subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "ada/engine#7",
        "github.com/ada/engine/issues/7",
        "https://github.com/ada/engine",
        "https://github.com/ada/engine/issues",
        "https://github.com/ada/engine/issues/",
        "https://github.com/ada/engine/issues/0",
        "https://github.com/ada/engine/issues/-1",
        "https://github.com/ada/engine/issues/7x",
        "https://github.com/ada/engine/issues/1000000000",
        "https://github.com/ada/engine/commit/7",
        "https://github.com/../engine/issues/7",
        "https://github.com/ada/..%2f/issues/7",
        "https://github.com/ada/engine.git/issues/7",
        "https://github.com//ada/engine/issues/7",
        "https:///ada/engine/issues/7",
        "file:///ada/engine/issues/7",
        "mailto:ada@example.org",
        "https://github.com/ada/eng ine/issues/7",
        "https://github.com/ada/engine/issues/7\n8",
      })
  void what_is_no_issue_page_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssueUrl.parse(text))
        .withMessageContaining("write https://github.com/owner/name/issues/1");
  }

  @Test
  void an_address_keeps_who_it_logs_in_as_in_its_host_so_that_it_matches_no_real_one() {
    assertThat(IssueUrl.parse("https://github.com@evil.example/ada/engine/issues/7").host())
        .isNotEqualTo("github.com");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void numbers_of_jobs_and_issues_begin_at_one(long number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new JobId(number));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Subject(RepositoryName.parse("ada/engine"), number));
  }

  @Test
  void a_job_number_is_plain_digits_and_sorts_by_value() {
    assertThat(new JobId(Long.MAX_VALUE)).hasToString("9223372036854775807");
    assertThat(new JobId(9)).isLessThan(new JobId(10));
  }

  @Test
  void a_secret_does_not_show_itself() {
    assertThat(new Secret("ghp_x")).hasToString("***");
    assertThat(new Secret("ghp_x").reveal()).isEqualTo("ghp_x");
  }

  @Test
  void people_read_words_in_lower_case() {
    assertThat(JobKind.IMPLEMENT.word()).isEqualTo("implement");
    assertThat(Step.PUBLISH.word()).isEqualTo("publish");
  }
}

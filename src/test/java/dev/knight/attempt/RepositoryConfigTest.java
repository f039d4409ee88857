package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryConfigCopy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepositoryConfigTest {
  private static final Limits SERVICE =
      new Limits(Duration.ofMinutes(60), new BigDecimal("5"), Duration.ofMinutes(5), 2, 3);

  @Test
  void an_empty_file_asks_for_nothing() {
    assertThat(RepositoryConfig.parse("")).isEqualTo(RepositoryConfig.NONE);
    assertThat(RepositoryConfig.parse("# nothing yet\n")).isEqualTo(RepositoryConfig.NONE);
  }

  @Test
  void every_key_is_read() {
    RepositoryConfig config =
        RepositoryConfig.parse(
            """
            base: develop
            setup: npm ci
            verify:
              - npm test
              - npm run lint
            instructions: Keep it small.
            plan-first: true
            plan-label: think
            review: false
            questions: wait
            protected: ["infra/**"]
            network: [npm, "example.org:8443"]
            model: gpt-5
            limits: {time: 10m, cost: 1.50 USD, review-rounds: 1, verify-rounds: 0}
            """);

    assertThat(config.base()).contains("develop");
    assertThat(config.setup()).contains("npm ci");
    assertThat(config.verify()).containsExactly("npm test", "npm run lint");
    assertThat(config.instructions()).isEqualTo("Keep it small.");
    assertThat(config.planning()).isEqualTo(new RepositoryConfig.Planning(true, "think"));
    assertThat(config.review()).isFalse();
    assertThat(config.questions()).isEqualTo(Questions.WAIT);
    assertThat(config.protectedPaths()).containsExactly("infra/**");
    assertThat(config.network()).containsExactly("npm", "example.org:8443");
    assertThat(config.model()).contains("gpt-5");
    assertThat(config.limits().within(SERVICE))
        .isEqualTo(
            new Limits(Duration.ofMinutes(10), new BigDecimal("1.50"), SERVICE.stall(), 1, 0));
  }

  @Test
  void one_check_may_stand_without_a_list() {
    assertThat(RepositoryConfig.parse("verify: make test").verify()).containsExactly("make test");
  }

  @Test
  void how_a_change_is_handed_over_is_read() {
    assertThat(
            RepositoryConfig.parse(
                    "tests: [checks/**]\nreviewers: ['@ada', ada/pumps]\nlabels: by knight\nsize: 120")
                .handover())
        .isEqualTo(
            new RepositoryConfig.Handover(
                List.of("checks/**"), List.of("ada", "ada/pumps"), List.of("by knight"), 120));
    assertThat(RepositoryConfig.parse("base: x").handover().size()).isEqualTo(400);
  }

  @Test
  void limits_can_only_be_narrower_than_the_services() {
    RepositoryConfig config =
        RepositoryConfig.parse("limits: {time: 5h, cost: 500, review-rounds: 9, verify-rounds: 9}");

    assertThat(config.limits().within(SERVICE)).isEqualTo(SERVICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verfy: make test",
        "reviewers: [no one]",
        "labels: ['`']",
        "size: small",
        "- a\n- b",
        "just words",
        "verify: {a: b}",
        "verify: [[a]]",
        "review: maybe",
        "ci: perhaps",
        "limits: {ci-rounds: many}",
        "limits: {time: soon}",
        "limits: {cost: much}",
        "limits: {review-rounds: -1}",
        "limits: {speed: 3}",
        "a: &a [*a]",
        "base: x\nbase: y",
        "verify: [unclosed",
        "!!javax.script.ScriptEngineManager [1]",
        "\tverify: tab"
      })
  void a_broken_file_is_refused_with_a_sentence(String text) {
    assertThatThrownBy(() -> RepositoryConfig.parse(text))
        .isInstanceOf(RefusedException.class)
        .message()
        .startsWith(".knight.yml")
        .doesNotContain("\n");
  }

  @Test
  void the_checks_on_github_are_minded_unless_the_file_says_otherwise() {
    assertThat(CheckRules.of(Optional.empty())).isEqualTo(CheckRules.USUAL);
    CheckRules rules =
        CheckRules.of(
            Optional.of(
                new RepositoryConfigCopy(
                    "ci: false\nverify: [make test]\nlimits: {ci-rounds: 5}", "")));

    assertThat(rules.watched()).isFalse();
    assertThat(rules.verify()).containsExactly("make test");
    assertThat(rules.roundsWithin(2)).isEqualTo(2);
    assertThat(rules.roundsWithin(9)).isEqualTo(5);
    assertThat(CheckRules.USUAL.roundsWithin(2)).isEqualTo(2);
  }
}

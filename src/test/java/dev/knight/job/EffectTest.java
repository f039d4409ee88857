package dev.knight.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EffectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REACTION       | IC_kwDOA | 8841      | ''",
        "STATUS_COMMENT | ''       | 3009      | ''",
        "REVIEW         | ''       | 41        | ''",
        "PUSH           | knight/7 |           | knight/7",
        "PUSH           | knight/7 | 0123456789abcdef0123456789abcdef01234567 | knight/7 at 0123456789",
        "PULL_REQUEST   | knight/7 |           | knight/7",
        "PULL_REQUEST   | knight/7 | 12        | #12",
        "LABELS         | 12       |           | #12",
        "REVIEWERS      | 12       |           | #12",
        "RERUN          | 0123456789abcdef0123456789abcdef01234567 9 1 | | at 0123456789"
      })
  void people_read_a_name_that_tells_them_something(
      Kind kind, String key, String external, String name) {
    Effect effect =
        Effect.planned(new JobId(7), kind, key, Instant.EPOCH)
            .as(State.DONE, Optional.ofNullable(external), Optional.empty());

    assertThat(effect.name()).isEqualTo(name);
  }
}

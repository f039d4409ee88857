package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.RepositoryConfigCopy;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckRulesTest {
  @Test
  void a_file_of_another_version_stops_no_watch() {
    assertThat(of("of-a-later-version: yes")).isEqualTo(CheckRules.USUAL);
    assertThat(of("ci: false").watched()).isFalse();
  }

  private static CheckRules of(String text) {
    return CheckRules.of(Optional.of(new RepositoryConfigCopy(text, "")));
  }
}

package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.publish.Finding;
import dev.knight.publish.Finding.Fate;
import dev.knight.publish.Finding.Severity;
import java.util.Collections;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JudgementTest {

  @Test
  void findings_come_worst_first_and_open() {
    Judgement judgement =
        Judgement.of(
                """
                ```json
                {"verdict": "changes", "findings": [
                  {"severity": "low", "file": "a.c", "line": 3, "text": "unused"},
                  {"severity": "high", "file": "b.c", "text": "overflow"},
                  {"severity": "grave", "text": "unknown severities are medium"}]}
                ```
                """)
            .orElseThrow();

    assertThat(judgement.approved()).isFalse();
    assertThat(judgement.findings())
        .containsExactly(
            new Finding(Severity.HIGH, "b.c", "overflow", Fate.OPEN),
            new Finding(Severity.MEDIUM, "", "unknown severities are medium", Fate.OPEN),
            new Finding(Severity.LOW, "a.c:3", "unused", Fate.OPEN));
  }

  @Test
  void an_approval_may_have_findings() {
    Judgement judgement =
        Judgement.of("```json\n{\"verdict\":\"approve\",\"findings\":[{\"text\":\"x\"}]}\n```")
            .orElseThrow();

    assertThat(judgement.approved()).isTrue();
    assertThat(judgement.findings()).hasSize(1);
  }

  @Test
  void prose_is_no_verdict() {
    assertThat(Judgement.of("I approve of this.")).isEmpty();
    assertThat(Judgement.of("```json\n{\"verdict\": \"lgtm\"}\n```")).isEmpty();
  }

  @Test
  void a_flood_of_findings_is_cut() {
    String many = String.join(",", Collections.nCopies(500, "{\"text\":\"x\"}"));

    Judgement judgement =
        Judgement.of("```json\n{\"verdict\":\"changes\",\"findings\":[" + many + "]}\n```")
            .orElseThrow();

    assertThat(judgement.findings()).hasSize(Judgement.MOST);
  }
}

package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TestsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/java/a/B.java",
        "test/pump.rb",
        "core/tests/data.json",
        "web/__tests__/pump.js",
        "pump_test.go",
        "web/pump.spec.ts",
        "web/pump.test.tsx",
        "py/test_pump.py",
        "spec/pump_spec.rb",
        "a/PumpTest.java",
        "a/PumpIT.java"
      })
  void what_people_call_a_test_is_one(String path) {
    assertThat(Tests.isUsual(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/a/B.java",
        "pump.go",
        "attest/pump.js",
        "web/latest.ts",
        "Contest.md",
        "specification/pump.md",
        "audit.sh"
      })
  void anything_else_is_none(String path) {
    assertThat(Tests.isUsual(path)).isFalse();
  }
}

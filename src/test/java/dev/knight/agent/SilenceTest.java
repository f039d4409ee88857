package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SilenceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Optional<Duration> used = Optional.of(Duration.ZERO);

  @Test
  void nothing_said_and_nothing_computed_for_the_limit_is_too_long() {
    Silence silence = silence();

    assertThat(silence.isTooLong(NOW, at(4))).isFalse();
    assertThat(silence.isTooLong(NOW, at(5))).isTrue();
  }

  @Test
  void a_word_of_pi_begins_the_silence_anew() {
    Silence silence = silence();

    assertThat(silence.isTooLong(at(3), at(5))).isFalse();
    assertThat(silence.isTooLong(at(3), at(8))).isTrue();
  }

  @Test
  void a_build_of_twenty_minutes_that_says_nothing_is_work() {
    Silence silence = silence();

    for (int minute = 1; minute <= 20; minute++) {
      used = Optional.of(Duration.ofSeconds(30L * minute));
      assertThat(silence.isTooLong(NOW, at(minute))).isFalse();
    }
    assertThat(silence.isTooLong(NOW, at(24))).isFalse();
    assertThat(silence.isTooLong(NOW, at(25))).isTrue();
  }

  @Test
  void a_shell_that_looks_every_second_for_what_never_comes_is_no_work() {
    Silence silence = silence();

    used = Optional.of(Duration.ofMillis(300));
    assertThat(silence.isTooLong(NOW, at(2))).isFalse();
    used = Optional.of(Duration.ofMillis(700));
    assertThat(silence.isTooLong(NOW, at(5))).isTrue();
  }

  @Test
  void where_nobody_keeps_books_only_words_count() {
    used = Optional.empty();
    Silence silence = silence();

    assertThat(silence.isTooLong(NOW, at(5))).isTrue();
  }

  @Test
  void four_looks_fit_into_the_limit() {
    assertThat(silence().slice()).isEqualTo(Duration.ofSeconds(75));
  }

  @Test
  void the_kernel_tells_work_from_sleep() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done' & wait").start();
    Process idle = new ProcessBuilder("sh", "-c", "sleep 600 & wait").start();
    try {
      Duration worked = Duration.ZERO;
      while (worked.compareTo(Duration.ofMillis(300)) < 0) {
        worked = ToolTime.under(busy.pid()).orElseThrow();
      }

      assertThat(ToolTime.under(idle.pid()).orElseThrow()).isLessThan(Duration.ofMillis(100));
    } finally {
      for (Process process : java.util.List.of(busy, idle)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private Silence silence() {
    return new Silence(LIMIT, () -> used, NOW);
  }

  private static Instant at(int minutes) {
    return NOW.plus(Duration.ofMinutes(minutes));
  }
}

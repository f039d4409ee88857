package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginsTest {
  private final TestClock clock = TestClock.atNoon();
  private final Path file;
  private final Logins logins;

  LoginsTest(@TempDir Path home) {
    file = home.resolve("logins");
    logins = new Logins(file, clock);
  }

  @Test
  void a_word_lets_one_browser_in() {
    String shown = logins.enter(logins.invite().text()).orElseThrow();

    assertThat(logins.isIn(shown)).isTrue();
    assertThat(logins.isIn("")).isFalse();
    assertThat(logins.isIn("wrong")).isFalse();
  }

  @Test
  void a_word_that_comes_twice_sends_away_whom_it_let_in() {
    String word = logins.invite().text();
    String shown = logins.enter(word).orElseThrow();

    assertThat(logins.enter(word)).isEmpty();
    assertThat(logins.isIn(shown)).isFalse();
  }

  @Test
  void a_word_is_good_for_a_minute() {
    String word = logins.invite().text();
    clock.pass(Logins.SOON);

    assertThat(logins.enter(word)).isEmpty();
    assertThat(logins.enter("made up")).isEmpty();
  }

  @Test
  void a_browser_stays_for_a_month_and_over_a_restart() {
    String shown = logins.enter(logins.invite().text()).orElseThrow();
    clock.pass(Logins.STAY.minus(Duration.ofSeconds(1)));

    Logins restarted = new Logins(file, clock);
    assertThat(restarted.isIn(shown)).isTrue();
    clock.pass(Duration.ofSeconds(1));
    assertThat(restarted.isIn(shown)).isFalse();
  }

  @Test
  void who_leaves_is_out_for_good() {
    String shown = logins.enter(logins.invite().text()).orElseThrow();
    String other = logins.enter(logins.invite().text()).orElseThrow();

    logins.leave(shown);

    assertThat(logins.isIn(shown)).isFalse();
    assertThat(new Logins(file, clock).isIn(shown)).isFalse();
    assertThat(logins.isIn(other)).isTrue();
  }

  @Test
  void what_a_browser_looks_at_ends_when_it_is_sent_away() {
    List<String> ended = new ArrayList<>();
    String shown = logins.enter(logins.invite().text()).orElseThrow();
    String other = logins.enter(logins.invite().text()).orElseThrow();
    logins.whenSentAway(shown, () -> ended.add("open"));
    logins.whenSentAway(shown, () -> ended.add("closed before")).run();
    logins.whenSentAway(other, () -> ended.add("another's"));

    logins.leave(shown);

    assertThat(ended).containsExactly("open");
  }

  @Test
  void nobody_waits_for_what_a_browser_looked_at_to_end() {
    List<Boolean> answers = new ArrayList<>();
    String shown = logins.enter(logins.invite().text()).orElseThrow();
    logins.whenSentAway(
        shown,
        () ->
            answers.add(
                CompletableFuture.supplyAsync(() -> logins.isIn(shown))
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join()));

    logins.leave(shown);

    assertThat(answers).containsExactly(false);
  }

  @Test
  void the_file_holds_no_word_that_lets_anybody_in_and_is_its_owners() throws IOException {
    String shown = logins.enter(logins.invite().text()).orElseThrow();

    assertThat(file).content().doesNotContain(shown);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_broken_file_lets_nobody_in_and_is_mended_by_the_next_who_comes() throws IOException {
    Files.writeString(file, "nonsense\n\n");

    Logins restarted = new Logins(file, clock);
    String shown = restarted.enter(restarted.invite().text()).orElseThrow();

    assertThat(new Logins(file, clock).isIn(shown)).isTrue();
  }

  @Test
  void only_so_many_browsers_are_in_at_a_time() {
    String first = logins.enter(logins.invite().text()).orElseThrow();
    for (int i = 0; i < 32; i++) {
      assertThat(logins.enter(logins.invite().text())).isPresent();
    }

    assertThat(logins.isIn(first)).isFalse();
  }
}

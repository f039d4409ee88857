package dev.knight.github;

import static dev.knight.github.GitHubScript.ENGINE;
import static dev.knight.github.GitHubScript.ISSUE;
import static dev.knight.github.GitHubScript.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.knight.job.Mention.Source;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PacingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final GitHubScript script;

  PacingTest() throws IOException {
    this.script = new GitHubScript();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  @Test
  void writes_are_a_second_apart_and_reads_are_not() {
    script.server.answer(201, "{}").answer(200, user("knight", 9, "User")).answer(200, "{}");

    script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES);
    script.github.me();
    script.clock.pass(Duration.ofMillis(400));
    script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES);

    assertThat(script.waits).containsExactly(Duration.ofMillis(600));
  }

  @Test
  void whoever_only_reads_goes_on_while_a_write_waits_for_its_second() {
    script.server.answer(201, "{}").answer(200, user("knight", 9, "User")).answer(200, "{}");
    script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES);
    List<Account> read = new CopyOnWriteArrayList<>();
    script.meanwhile(() -> read.add(onAnotherThread(script.github::me)));

    script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES);

    assertThat(read).extracting(Account::login).containsExactly("knight");
    assertThat(script.server.asked()).hasSize(3);
  }

  @Test
  void a_write_that_will_be_refused_waits_for_no_second() {
    script.server.answer(429, "Retry-After: 30", "{}");
    assertThatThrownBy(() -> script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES))
        .isInstanceOf(UnavailableException.class);

    assertThatThrownBy(() -> script.github.react(ENGINE, Source.ISSUE, 7, Reaction.EYES))
        .isInstanceOf(UnavailableException.class);
    assertThat(script.waits).isEmpty();
  }

  private static <T> T onAnotherThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread)
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  @Test
  void retry_after_comes_before_everything_else() {
    script.server.answer(
        403,
        "Retry-After: 30\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: " + (epoch() + 600),
        "{\"message\": \"API rate limit exceeded\"}");

    assertThat(pauseOf(script)).contains(NOON.plusSeconds(30));
  }

  @Test
  void a_used_up_quota_is_waited_for_by_githubs_clock() {
    script.server.answer(
        403,
        "Date: Sun, 22 Nov 2026 11:00:00 GMT\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: "
            + (epoch() - 3600 + 600),
        "{\"message\": \"API rate limit exceeded\"}");

    assertThat(pauseOf(script)).contains(NOON.plusSeconds(601));
  }

  @Test
  void an_absurd_time_is_bounded_by_an_hour() {
    script.server.answer(429, "Retry-After: 999999999999", "{}");

    assertThat(pauseOf(script)).contains(NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void a_secondary_limit_without_a_time_waits_a_minute_that_doubles() {
    String limit = "{\"message\": \"You have exceeded a secondary rate limit.\"}";
    script
        .server
        .answer(403, limit)
        .answer(403, limit)
        .answer(200, user("knight", 9, "User"))
        .answer(403, limit);

    assertThat(pauseOf(script)).contains(NOON.plusSeconds(60));
    script.clock.pass(Duration.ofMinutes(1));
    assertThat(pauseOf(script)).contains(NOON.plusSeconds(180));
    script.clock.pass(Duration.ofMinutes(2));
    script.github.me();
    script.token("ghp_second");
    assertThat(pauseOf(script)).contains(NOON.plusSeconds(240));
  }

  @ParameterizedTest
  @CsvSource({
    "429, '', '{}', 60",
    "429, Retry-After: 7, '{}', 7",
    "403, Retry-After: 7, '{}', 7",
    "403, '', '{\"message\": \"You have exceeded a secondary rate limit\"}', 60",
    "403, '', '{\"message\": \"You have triggered an abuse detection mechanism\"}', 60",
    "503, Retry-After: 7, '{\"message\": \"Maintenance\"}', 7"
  })
  void every_way_to_say_wait_holds_reads_and_writes_alike(
      int status, String header, String body, long seconds) {
    script.server.answer(status, header, body).answer(200, user("knight", 9, "User"));

    assertThat(writeRefused().retryAt()).contains(NOON.plusSeconds(seconds));
    script.clock.pass(Duration.ofSeconds(seconds - 1));
    assertThat(pauseOf(script)).contains(NOON.plusSeconds(seconds));
    assertThat(writeRefused().retryAt()).contains(NOON.plusSeconds(seconds));
    assertThat(script.server.asked()).hasSize(1);
    script.clock.pass(Duration.ofSeconds(1));

    assertThat(script.github.me().login()).isEqualTo("knight");
  }

  @Test
  void a_permission_that_is_missing_is_no_limit() {
    script
        .server
        .answer(403, "X-RateLimit-Remaining: 4000", "{\"message\": \"Not accessible\"}")
        .answer(200, user("knight", 9, "User"));

    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .isInstanceOf(MisconfiguredException.class);
    assertThat(script.github.me().login()).isEqualTo("knight");
  }

  private UnavailableException writeRefused() {
    return catchThrowableOfType(
        UnavailableException.class, () -> script.github.comment(ISSUE, "hello"));
  }

  @Test
  void during_a_pause_nothing_is_asked() {
    script.server.answer(429, "Retry-After: 30", "{}").answer(200, user("knight", 9, "User"));

    pauseOf(script);
    script.clock.pass(Duration.ofSeconds(29));
    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .isInstanceOf(UnavailableException.class);
    assertThat(script.server.asked()).hasSize(1);
    script.clock.pass(Duration.ofSeconds(1));

    assertThat(script.github.me().login()).isEqualTo("knight");
  }

  @Test
  void the_last_request_of_a_quota_counts_and_the_next_is_not_made() {
    script.server.answer(
        200,
        "X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: " + (epoch() + 60),
        user("knight", 9, "User"));

    assertThat(script.github.me().login()).isEqualTo("knight");
    assertThatThrownBy(() -> script.github.repository(ENGINE))
        .isInstanceOf(UnavailableException.class);
    assertThat(script.server.asked()).hasSize(1);
  }

  @Test
  void the_quota_can_be_read() {
    script.server.answer(
        200,
        "X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 999\nX-RateLimit-Reset: " + epoch(),
        user("knight", 9, "User"));
    script.github.me();

    assertThat(script.github.quota()).contains(new Quota(5000, 999, NOON));
    assertThat(script.github.quota()).map(Quota::isScarce).contains(true);
  }

  @Test
  void the_quota_of_something_else_is_not_the_quota() {
    script.server.answer(
        200,
        "X-RateLimit-Resource: search\nX-RateLimit-Limit: 30\nX-RateLimit-Remaining: 1\n"
            + "X-RateLimit-Reset: 1",
        user("knight", 9, "User"));
    script.github.me();

    assertThat(script.github.quota()).isEmpty();
  }

  @Test
  void a_bad_token_is_not_tried_again_for_five_minutes() {
    script
        .server
        .answer(401, "{\"message\": \"Bad credentials\"}")
        .answer(200, user("knight", 9, "User"));

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(MisconfiguredException.class);
    script.clock.pass(Duration.ofMinutes(5).minusSeconds(1));
    assertThatThrownBy(() -> script.github.me()).isInstanceOf(MisconfiguredException.class);
    assertThat(script.server.asked()).hasSize(1);
    script.clock.pass(Duration.ofSeconds(1));

    assertThat(script.github.me().login()).isEqualTo("knight");
  }

  @Test
  void another_token_is_tried_at_once() {
    script.server.answer(401, "{}").answer(200, user("knight", 9, "User"));

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(MisconfiguredException.class);
    script.token("ghp_second");

    assertThat(script.github.me().login()).isEqualTo("knight");
  }

  @Test
  void an_account_known_before_is_not_trusted_once_its_token_is_turned_down() {
    script.server.answer(200, user("knight", 9, "User")).answer(401, "{}");

    script.github.me();
    assertThatThrownBy(() -> script.github.repository(ENGINE))
        .isInstanceOf(MisconfiguredException.class);

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(MisconfiguredException.class);
  }

  private static java.util.Optional<Instant> pauseOf(GitHubScript script) {
    return catchThrowableOfType(UnavailableException.class, () -> script.github.me()).retryAt();
  }

  private static long epoch() {
    return NOON.getEpochSecond();
  }
}

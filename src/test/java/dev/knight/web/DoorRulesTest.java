package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.ApiToken;
import dev.knight.fake.TestClock;
import dev.knight.job.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoorRulesTest {
  private final Logins logins;
  private final DoorRules rules;

  DoorRulesTest(@TempDir Path home) {
    logins = new Logins(home.resolve("logins"), TestClock.atNoon());
    rules =
        new DoorRules(
            "knight.lan",
            Optional.of(URI.create("https://knight.example:8443")),
            new ApiToken(new Secret("right-token")),
            Optional.of(new ApiToken(new Secret("metrics-token"))),
            logins);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET  | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | -                | 0
          GET  | /api/v1/jobs  | 127.0.0.1          | -                      | none        | Bearer right-token | -                | 0
          GET  | /api/v1/jobs  | [::1]:8790         | -                      | -           | Bearer right-token | -                | 0
          GET  | /api/v1/jobs  | Knight.LAN:80      | -                      | -           | Bearer right-token | -                | 0
          GET  | /api/v1/jobs  | localhost:1        | http://localhost:1     | same-origin | Bearer right-token | -                | 0
          POST | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | application/json | 0
          POST | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | application/json; charset=utf-8 | 0
          POST | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | text/plain       | 415
          POST | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | -                | 415
          GET  | /api/v1/jobs  | localhost:8790     | -                      | -           | -                  | -                | 401
          GET  | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer wrong-token | -                | 401
          GET  | /api/v1/jobs  | localhost:8790     | -                      | -           | right-token        | -                | 401
          GET  | /q/health/ready | localhost:8790   | -                      | -           | -                  | -                | 0
          GET  | /q/health/live | evil.example      | -                      | -           | -                  | -                | 403
          POST | /q/health/ready | localhost:8790   | -                      | -           | -                  | application/json | 401
          GET  | /q/health/well | localhost:8790    | -                      | -           | -                  | -                | 401
          GET  | /q/metrics    | localhost:8790     | -                      | -           | -                  | -                | 401
          GET  | /q/metrics    | localhost:8790     | -                      | -           | Bearer right-token | -                | 0
          GET  | /q/metrics    | localhost:8790     | -                      | -           | Bearer metrics-token | -              | 0
          POST | /q/metrics    | localhost:8790     | -                      | -           | Bearer metrics-token | application/json | 401
          GET  | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer metrics-token | -              | 401
          GET  | /q/anything| localhost:8790     | -                      | -           | -                  | -                | 401
          GET  | /api/v1/jobs  | -                  | -                      | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | evil.example:8790  | -                      | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost.evil.com | -                      | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | http://evil.example    | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | null                   | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | https://localhost:8790 | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | http://localhost:8791  | -           | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | -                      | cross-site  | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | localhost:8790     | -                      | same-site   | Bearer right-token | -                | 403
          GET  | /api/v1/jobs  | knight.example:8443 | https://knight.example:8443 | same-origin | Bearer right-token | -          | 0
          GET  | /api/v1/jobs  | knight.example:8443 | https://evil.example        | -           | Bearer right-token | -          | 403
          GET  | /api/v1/jobs  | knight.example.evil | -                      | -           | Bearer right-token | -               | 403
          PUT  | /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | application/json | 405
          TRACE| /api/v1/jobs  | localhost:8790     | -                      | -           | Bearer right-token | -                | 405
          POST | /model/v1  | 127.0.0.1:8790     | -                      | -           | Bearer its-own     | text/plain       | 0
          POST | /model/v1  | evil.example       | -                      | -           | Bearer its-own     | application/json | 403
          GET  | /models    | 127.0.0.1:8790     | -                      | -           | -                  | -                | 401
          GET  | /model/../api/v1/jobs | 127.0.0.1  | -                      | -           | -                  | -                | 401
          """)
  void who_comes_in(
      String method,
      String path,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String site,
      @Nullable String authorization,
      @Nullable String contentType,
      int status) {
    DoorRules.Visit visit =
        new DoorRules.Visit(
            method,
            path,
            Optional.ofNullable(host),
            Optional.ofNullable(origin),
            Optional.ofNullable(site),
            Optional.ofNullable(authorization),
            Optional.empty(),
            Optional.ofNullable(contentType),
            Optional.of("2"));

    assertThat(rules.refusal(visit).map(DoorRules.Refusal::status).orElse(0)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          fd00::7,   [fd00::7]:8790,   true
          FD00:0::7, [fd00::7]:8790,   true
          [fd00::7], [FD00:0:0::7],    true
          fd00::7,   [fd00::8]:8790,   false
          fd00::7,   [evil.example],   false
          knight.lan, [knight.lan],    false
          ::,        [fd00::7]:8790,   false
          """)
  void an_address_of_ipv6_is_known_in_its_brackets(String listens, String host, boolean isOurs) {
    DoorRules there =
        new DoorRules(listens, Optional.empty(), rules.token(), Optional.empty(), logins);
    DoorRules.Visit visit =
        new DoorRules.Visit(
            "GET",
            "/q/health/live",
            Optional.of(host),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(there.refusal(visit).isEmpty()).isEqualTo(isOurs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET  | /                | in    | -                | none        | -                                 | 0
          GET  | /                | wrong | -                | none        | -                                 | 401
          GET  | /                | -     | -                | none        | -                                 | 401
          GET  | /live/now        | in    | -                | same-origin | -                                 | 0
          GET  | /jobs/7          | in    | -                | cross-site  | -                                 | 403
          GET  | /api/v1/jobs     | in    | -                | same-origin | -                                 | 0
          POST | /jobs/7/stop     | in    | http://localhost | same-origin | application/x-www-form-urlencoded | 0
          POST | /jobs/7/stop     | in    | http://localhost | -           | application/x-www-form-urlencoded; charset=utf-8 | 0
          POST | /jobs/7/stop     | in    | -                | same-origin | application/x-www-form-urlencoded | 0
          POST | /jobs/7/stop     | in    | -                | -           | application/x-www-form-urlencoded | 403
          POST | /jobs/7/stop     | in    | -                | none        | application/x-www-form-urlencoded | 403
          POST | /jobs/7/stop     | in    | null             | -           | application/x-www-form-urlencoded | 403
          POST | /jobs/7/stop     | in    | http://localhost:81 | same-site | application/x-www-form-urlencoded | 403
          POST | /jobs/7/stop     | in    | http://localhost | same-origin | multipart/form-data               | 415
          POST | /jobs/7/stop     | wrong | http://localhost | same-origin | application/x-www-form-urlencoded | 401
          POST | /api/v1/jobs     | in    | http://localhost | same-origin | application/json                  | 0
          POST | /api/v1/jobs     | in    | -                | -           | application/json                  | 403
          POST | /api/v1/jobs     | in    | http://localhost | same-origin | application/x-www-form-urlencoded | 415
          GET  | /open            | -     | -                | cross-site  | -                                 | 0
          POST | /open            | -     | -                | none        | -                                 | 401
          GET  | /openly          | -     | -                | none        | -                                 | 401
          GET  | /assets/knight.0123456789abcdef.css | - | - | same-origin | -                                 | 0
          GET  | /assets/knight.0123456789abcdef.css | - | - | cross-site  | -                                 | 403
          GET  | /assets/../jobs/7 | -    | -                | none        | -                                 | 401
          GET  | /assets/..%2fapi | -     | -                | none        | -                                 | 401
          """)
  void a_browser_that_was_let_in_shows_its_cookie_and_where_it_comes_from(
      String method,
      String path,
      @Nullable String cookie,
      @Nullable String origin,
      @Nullable String site,
      @Nullable String contentType,
      int status) {
    String shown = logins.enter(logins.invite().text()).orElseThrow();
    DoorRules.Visit visit =
        new DoorRules.Visit(
            method,
            path,
            Optional.of("localhost"),
            Optional.ofNullable(origin),
            Optional.ofNullable(site),
            Optional.empty(),
            Optional.ofNullable(cookie).map(word -> word.equals("in") ? shown : word),
            Optional.ofNullable(contentType),
            Optional.of("2"));

    assertThat(rules.refusal(visit).map(DoorRules.Refusal::status).orElse(0)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 411", "0, 0", "262144, 0", "262145, 413", "99999999999, 413", "-1, 413"})
  void a_request_says_how_long_it_is_and_is_not_long(@Nullable String length, int status) {
    DoorRules.Visit visit =
        new DoorRules.Visit(
            "POST",
            "/api/v1/jobs",
            Optional.of("localhost"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Bearer right-token"),
            Optional.empty(),
            Optional.of("application/json"),
            Optional.ofNullable(length));

    assertThat(rules.refusal(visit).map(DoorRules.Refusal::status).orElse(0)).isEqualTo(status);
  }

  @Test
  void many_wrong_tokens_are_told_to_wait_and_the_operator_hears_of_it_once() {
    TestClock clock = TestClock.atNoon();
    WrongTokens wrong = new WrongTokens(clock);

    for (int i = 0; i < 20; i++) {
      assertThat(wrong.one()).isEqualTo(WrongTokens.Fate.TOLD);
    }
    assertThat(wrong.one()).isEqualTo(WrongTokens.Fate.TOO_MANY);
    assertThat(wrong.one()).isEqualTo(WrongTokens.Fate.STILL_TOO_MANY);
    clock.pass(Duration.ofSeconds(61));
    assertThat(wrong.one()).isEqualTo(WrongTokens.Fate.TOLD);
  }
}

package dev.knight.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.doctor.Result.Verdict;
import dev.knight.fake.FakeWeb;
import dev.knight.github.GitHubSettings;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GitHubChecksTest {
  private static final String API = "https://api.github.com";
  private static final String REPO = API + "/repos/ada/engine";
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final String CLASSIC = "ghp_abc";
  private static final String FINE = "github_pat_abc";

  private final FakeWeb web = new FakeWeb();

  @Test
  void a_good_classic_token_is_described() {
    limits(Map.of("x-oauth-scopes", "repo, workflow"));

    assertThat(token(CLASSIC)).extracting(Result::verdict).containsOnly(Verdict.GOOD);
    assertThat(of("github.token", token(CLASSIC)).reason())
        .isEqualTo("a classic token of sir-knight, scopes repo, workflow");
    assertThat(of("github.quota", token(CLASSIC)).reason()).contains("4900 of 5000");
  }

  @Test
  void a_token_that_github_does_not_know_is_found() {
    web.answer("GET " + API + "/rate_limit", 401, "{\"message\": \"Bad credentials\"}");

    Result found = of("github.token", token(CLASSIC));

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.mend()).contains("https://github.com/settings/tokens", "KNIGHT_GITHUB_TOKEN");
  }

  @Test
  void an_address_at_which_nobody_answers_is_found() {
    Result found = of("github.reached", token(CLASSIC));

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.mend()).contains("curl", API);
  }

  @Test
  void an_address_that_is_no_github_is_doubted() {
    web.answer("GET " + API + "/rate_limit", 404, "<html>");

    assertThat(of("github.reached", token(CLASSIC)).mend()).contains("/api/v3");
  }

  @Test
  void a_token_without_the_scope_to_write_is_found() {
    limits(Map.of("x-oauth-scopes", "read:org"));

    Result found = of("github.token", token(CLASSIC));

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.mend()).contains("tick the scope repo");
  }

  @Test
  void a_token_that_may_do_too_much_is_doubted() {
    limits(Map.of("x-oauth-scopes", "repo, delete_repo, admin:org"));

    Result found = of("github.token", token(CLASSIC));

    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.mend()).startsWith("untick admin:org, delete_repo");
  }

  @Test
  void a_token_that_expires_soon_is_doubted() {
    limits(Map.of("github-authentication-token-expiration", "2026-11-29 10:00:00 UTC"));

    Result found = of("github.token", token(FINE));

    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.reason()).contains("fine-grained", "good until 2026-11-29");
    assertThat(found.mend()).contains("/settings/personal-access-tokens");
  }

  @Test
  void a_token_that_expires_later_is_good() {
    limits(Map.of("github-authentication-token-expiration", "2027-01-29 10:00:00 +0100"));

    assertThat(of("github.token", token(FINE)).verdict()).isEqualTo(Verdict.GOOD);
  }

  @Test
  void a_quota_that_is_nearly_used_up_is_doubted() {
    limits(Map.of(), 12);

    Result found = of("github.quota", token(FINE));

    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.reason()).contains("12 of 5000 requests left until");
  }

  @Test
  void a_clock_that_is_wrong_is_found_by_githubs() {
    limits(Map.of("date", "Thu, 26 Nov 2026 07:50:00 GMT"));

    Result found = of("clock", token(FINE));

    assertThat(found.reason()).contains("600 s ahead of");
    assertThat(found.mend()).contains("set-ntp");
  }

  @Test
  void a_repository_that_is_as_it_has_to_be_is_good() {
    town(FINE_GOOD);

    assertThat(repository(FINE).verdict()).isEqualTo(Verdict.GOOD);
    assertThat(repository(FINE).reason()).contains("may push, write issues and pull requests");
  }

  @Test
  void nothing_that_is_asked_could_make_anything() {
    town(FINE_GOOD);

    repository(FINE);

    assertThat(web.asked())
        .filteredOn(ask -> !ask.method().equals("GET"))
        .isNotEmpty()
        .allSatisfy(ask -> assertThat(ask.body()).contains("{}"));
  }

  @Test
  void a_repository_that_is_not_shown_is_found() {
    web.answer("GET " + REPO, 404, "{}");

    assertThat(repository(FINE).mend()).contains("Repository access");
    assertThat(repository(CLASSIC).mend()).contains("/ada/engine/settings/access");
  }

  @Test
  void a_repository_with_another_name_is_found() {
    web.answer("GET " + REPO, 301, Map.of("location", API + "/repositories/7"), "{}")
        .answer("GET " + API + "/repositories/7", 200, "{\"full_name\": \"ada/machine\"}");

    assertThat(repository(CLASSIC).mend())
        .isEqualTo("write ada/machine instead of ada/engine under knight.github.repositories");
  }

  @Test
  void a_redirect_to_another_host_is_not_followed() {
    web.answer("GET " + REPO, 301, Map.of("location", "https://evil.example/repos"), "{}");

    repository(CLASSIC);

    assertThat(web.asked()).hasSize(1);
  }

  @Test
  void an_archived_repository_is_found() {
    web.answer("GET " + REPO, 200, told("\"archived\": true"));

    assertThat(repository(CLASSIC).reason()).contains("archived");
    assertThat(repository(CLASSIC).mend()).contains("knight.github.repositories");
  }

  @Test
  void an_account_that_may_not_push_is_found() {
    web.answer("GET " + REPO, 200, "{\"full_name\": \"ada/engine\", \"permissions\": {}}");

    assertThat(repository(CLASSIC).verdict()).isEqualTo(Verdict.BAD);
    assertThat(repository(CLASSIC).mend()).contains("the role Write");
  }

  @Test
  void a_token_that_may_less_than_its_account_is_found() {
    Map<String, Integer> statuses = new HashMap<>(FINE_GOOD);
    statuses.put("GET https://github.com/ada/engine.git/info/refs?service=git-receive-pack", 403);
    statuses.put("POST " + REPO + "/pulls", 403);
    town(statuses);

    Result found = repository(FINE);

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.reason())
        .isEqualTo("the token lacks Contents: read and write, Pull requests: read and write");
  }

  @Test
  void a_token_that_does_not_see_actions_is_doubted() {
    Map<String, Integer> statuses = new HashMap<>(FINE_GOOD);
    statuses.put("GET " + REPO + "/actions/runs?per_page=1", 403);
    town(statuses);

    Result found = repository(FINE);

    assertThat(found.verdict()).isEqualTo(Verdict.DOUBTFUL);
    assertThat(found.mend()).contains("Actions: read");
  }

  @Test
  void issues_that_are_off_are_doubted() {
    town(FINE_GOOD);
    web.answer("GET " + REPO, 200, told("\"has_issues\": false"));

    assertThat(repository(FINE).reason()).contains("its issues are off");
  }

  @Test
  void a_broken_knight_yml_is_found() {
    town(FINE_GOOD);
    web.answer(
        "GET " + REPO + "/contents/.knight.yml", 200, "{\"content\": \"dmVyZnk6\\nIG1ha2UK\"}");

    Result found = repository(FINE);

    assertThat(found.reason()).isEqualTo("no key: verfy: make");
    assertThat(found.mend()).contains("https://github.com/ada/engine/blob/HEAD/.knight.yml");
  }

  private static final Map<String, Integer> FINE_GOOD =
      Map.of(
          "GET https://github.com/ada/engine.git/info/refs?service=git-receive-pack",
          200,
          "GET " + REPO + "/issues?per_page=1",
          200,
          "POST " + REPO + "/issues",
          422,
          "GET " + REPO + "/pulls?per_page=1",
          200,
          "POST " + REPO + "/pulls",
          422,
          "GET " + REPO + "/actions/runs?per_page=1",
          200,
          "GET " + REPO + "/contents/.knight.yml",
          404);

  private void town(Map<String, Integer> statuses) {
    web.answer("GET " + REPO, 200, told("\"has_issues\": true"));
    statuses.forEach((question, status) -> web.answer(question, status, "{}"));
  }

  private static String told(String more) {
    return "{\"full_name\": \"ada/engine\", \"permissions\": {\"push\": true}, %s}".formatted(more);
  }

  private void limits(Map<String, String> headers) {
    limits(headers, 4900);
  }

  private void limits(Map<String, String> headers, int remaining) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-github-request-id", "1:2");
    all.putIfAbsent("date", "Thu, 26 Nov 2026 08:00:10 GMT");
    web.answer(
            "GET " + API + "/rate_limit",
            200,
            all,
            "{\"resources\": {\"core\": {\"limit\": 5000, \"remaining\": %d, \"reset\": 1795686000}}}"
                .formatted(remaining))
        .answer("GET " + API + "/user", 200, "{\"login\": \"sir-knight\"}");
  }

  private List<Result> token(String token) {
    return new TokenCheck(site(token), InstantSource.fixed(NOW)).look();
  }

  private Result repository(String token) {
    return new RepositoryCheck(
            site(token),
            new RepositoryName("ada", "engine"),
            text -> Optional.of("no key: " + text.strip()))
        .look()
        .getFirst();
  }

  private GitHubSite site(String token) {
    return new GitHubSite(web, GitHubSettings.of(URI.create(API), "1"), () -> new Secret(token));
  }

  private static Result of(String id, List<Result> results) {
    return results.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }
}

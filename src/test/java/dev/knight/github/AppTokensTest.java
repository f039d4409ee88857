package dev.knight.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.fake.AppKeys;
import dev.knight.fake.TestClock;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.rehearsal.GitHubDescription;
import dev.knight.rehearsal.StandInGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppTokensTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final long APP = 12;
  private static final long INSTALLATION = 34;
  private static final KeyPair PAIR = AppKeys.pair();

  private final TestClock clock = TestClock.atNoon();
  private final List<String> made = new ArrayList<>();
  private final GitHubDescription description = GitHubDescription.load();
  @TempDir private Path directory;
  private StandInGitHub standIn;
  private AppTokens tokens;

  @BeforeEach
  void start() throws IOException {
    standIn = StandInGitHub.start(directory, 0, clock);
    standIn.observe(description);
    standIn.world().addUser("ada");
    standIn.world().addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    standIn.world().addApp(APP, INSTALLATION, "sir-knight", PAIR.getPublic());
    tokens = tokens(INSTALLATION, PAIR);
  }

  @AfterEach
  void close() throws IOException {
    tokens.close();
    standIn.close();
  }

  private AppTokens tokens(long installation, KeyPair pair) {
    return new AppTokens(
        settings(),
        AppKey.of(APP, installation, new Secret(AppKeys.pkcs1(pair))),
        clock,
        token -> made.add(token.reveal()));
  }

  private GitHubSettings settings() {
    return new GitHubSettings(standIn.apiUrl(), "knight/0.1", Duration.ofMillis(2));
  }

  private RestGitHub github() {
    return new RestGitHub(settings(), tokens, clock, Waiter.SLEEPING);
  }

  @Test
  void an_app_acts_as_its_own_account() {
    try (RestGitHub github = github()) {
      assertThat(github.me().login()).isEqualTo("sir-knight[bot]");
      assertThat(github.me().bot()).isTrue();
      assertThat(github.repository(ENGINE)).isPresent();
    }
    assertThat(made).containsExactly(standIn.world().lastInstallationToken().orElseThrow());
    description.assertNoViolations();
  }

  @Test
  void the_next_token_is_made_before_the_old_one_ends() {
    String first = tokens.token().reveal();
    clock.pass(Duration.ofMinutes(49));
    assertThat(tokens.token().reveal()).isEqualTo(first);

    clock.pass(Duration.ofMinutes(2));

    assertThat(tokens.token().reveal()).isNotEqualTo(first);
    assertThat(made).hasSize(2);
  }

  @Test
  void a_token_that_was_revoked_is_replaced_within_the_same_request() {
    try (RestGitHub github = github()) {
      github.me();
      clock.pass(Duration.ofMinutes(20));
      standIn.world().revokeToken(made.getFirst());

      assertThat(github.repository(ENGINE)).isPresent();
    }
    assertThat(made).hasSize(2);
  }

  @Test
  void a_young_token_that_is_refused_is_not_made_again_and_again() {
    try (RestGitHub github = github()) {
      github.me();
      standIn.world().revokeToken(made.getFirst());

      for (int time = 0; time < 3; time++) {
        assertThatThrownBy(() -> github.repository(ENGINE))
            .isInstanceOf(MisconfiguredException.class);
      }
      assertThat(made).hasSize(1);
      clock.pass(Duration.ofMinutes(6));

      assertThat(github.repository(ENGINE)).isPresent();
    }
  }

  @Test
  void a_wrong_key_and_a_wrong_installation_are_told_apart_and_not_tried_at_each_request() {
    try (AppTokens wrongKey = tokens(INSTALLATION, AppKeys.pair());
        AppTokens wrongNumber = tokens(99, PAIR)) {
      assertThatThrownBy(wrongKey::token)
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageContaining("does not accept the key of App 12");
      int asked = standIn.requests().size();
      assertThatThrownBy(wrongKey::token).hasMessageContaining("does not accept the key");
      assertThat(standIn.requests()).hasSize(asked);
      assertThatThrownBy(wrongNumber::token)
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageContaining("App 12 has no installation 99");
    }
  }

  @Test
  void a_key_is_read_as_github_gives_it_and_as_other_tools_do() {
    Secret signed = AppKey.of(1, 2, new Secret(AppKeys.pkcs8(PAIR))).signed(clock.instant());

    assertThat(signed.reveal())
        .isEqualTo(
            AppKey.of(1, 2, new Secret(AppKeys.pkcs1(PAIR))).signed(clock.instant()).reveal());
    assertThatThrownBy(() -> AppKey.of(1, 2, new Secret("no key")))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("private-key-file");
    assertThatThrownBy(() ->
            AppKey.of(
                1,
                2,
                new Secret("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")))
        .isInstanceOf(MisconfiguredException.class);
  }
}

package dev.knight.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GitHubSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com, github.com",
    "https://api.github.com/, github.com",
    "https://api.acme.ghe.com, acme.ghe.com",
    "https://git.acme.org/api/v3, git.acme.org",
    "https://api.acme.org/api/v3/, api.acme.org",
    "https://git.acme.org:8443/api/v3, git.acme.org:8443",
    "http://127.0.0.1:8080, 127.0.0.1:8080",
    "http://localhost:8080/api/v3, localhost:8080",
    "http://[::1]:8080, [::1]:8080"
  })
  void the_host_of_the_pages_follows_from_the_api(URI api, String host) {
    GitHubSettings settings = GitHubSettings.of(api, "1");

    assertThat(settings.webAuthority()).isEqualTo(host);
    assertThat(settings.apiUrl().toString()).doesNotEndWith("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.github.com",
        "http://127.0.0.1.example.org",
        "ftp://api.github.com",
        "api.github.com",
        "https://user:pass@api.github.com",
        "https://api.github.com?a=b",
        "https://api.github.com#a",
        "https:///api"
      })
  void what_is_no_safe_address_is_turned_down(URI api) {
    assertThatThrownBy(() -> GitHubSettings.of(api, "1"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.github.api-url");
  }
}

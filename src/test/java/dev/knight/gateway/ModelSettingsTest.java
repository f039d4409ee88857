package dev.knight.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1",
    "anthropic, https://api.anthropic.com",
    "google, https://generativelanguage.googleapis.com/v1beta"
  })
  void the_great_providers_are_known(String provider, String address) {
    assertThat(settings(provider, null, "key").address()).isEqualTo(address);
  }

  @Test
  void a_given_address_goes_first_and_loses_its_last_slash() {
    assertThat(settings("openai", "https://proxy.example/v1/", "key").address())
        .isEqualTo("https://proxy.example/v1");
  }

  @Test
  void any_other_provider_needs_an_address() {
    assertThatThrownBy(() -> settings("groq", null, "key"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.model.base-url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://models.example/v1",
        "ftp://models.example",
        "https:/v1",
        "/v1",
        "https://user:pw@models.example",
        "https://models.example/v1?key=x",
        "https://models.example/v1#x"
      })
  void an_address_that_cannot_be_used_safely_is_refused(String address) {
    assertThatThrownBy(() -> settings("openai-compatible", address, "key"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.model.base-url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:11434/v1", "http://localhost/v1", "http://[::1]:1/v1"})
  void this_machine_needs_no_https(String address) {
    assertThat(settings("openai-compatible", address, "key").address()).isEqualTo(address);
  }

  @Test
  void where_no_key_is_sent_http_will_do() {
    assertThat(settings("openai-compatible", "http://gpu.lan/v1", null).address())
        .isEqualTo("http://gpu.lan/v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "two\nlines", "clé"})
  void a_key_that_fits_no_header_is_refused(String key) {
    assertThatThrownBy(() -> settings("openai", null, key))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.model.api-key");
  }

  @Test
  void the_key_is_not_shown() {
    assertThat(settings("openai", null, "sk-1").toString()).doesNotContain("sk-1");
  }

  private static ModelSettings settings(
      String provider, @Nullable String address, @Nullable String key) {
    return new ModelSettings(
        provider,
        "fake-1",
        Optional.empty(),
        Optional.ofNullable(address).map(URI::create),
        Optional.ofNullable(key).map(Secret::new));
  }
}

package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "429: {\"message\":\"Rate limit reached\",\"type\":\"rate_limit_error\"} | PASSES",
        "429: {\"message\":\"You exceeded your current quota, please check\"}    | OPERATOR",
        "500: {\"message\":\"The server had an error\"}                          | PASSES",
        "502: Bad Gateway                                                        | PASSES",
        "529: {\"type\":\"overloaded_error\"}                                    | PASSES",
        "400: {\"message\":\"bad request: foo\"}                                 | FINAL",
        "413: {\"message\":\"too large\"}                                        | FINAL",
        "401: {\"message\":\"Incorrect API key provided\"}                       | OPERATOR",
        "402: Payment required                                                   | OPERATOR",
        "403: {\"message\":\"not allowed\"}                                      | OPERATOR",
        "404: {\"message\":\"The model gpt-9 does not exist\"}                   | OPERATOR",
        "400: {\"message\":\"Your credit balance is too low\"}                   | OPERATOR",
        "400: {\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\"} | OPERATOR",
        "No API key found for knight.                                            | OPERATOR",
        "ENOSPC: no space left on device, write                                  | OPERATOR",
        "Connection error.: connect ECONNREFUSED 127.0.0.1:18099                 | PASSES",
        "terminated: other side closed (UND_ERR_SOCKET)                          | PASSES",
        "Stream ended without finish_reason                                      | PASSES",
        "Request timed out.                                                      | PASSES",
        "Error reading response: malformed server-sent event JSON.               | PASSES",
        "Provider finish_reason: content_filter                                  | FINAL",
      })
  void who_must_act_is_told_by_what_the_provider_said(String error, Turn.Cause cause) {
    assertThat(ModelFailure.of(error, "").cause()).isEqualTo(cause);
  }

  @Test
  void the_sentence_is_the_provider_s_own_without_its_wrapping() {
    assertThat(ModelFailure.of("401: {\"message\":\"Incorrect \\\"key\\\"\",\"code\":null}", ""))
        .isEqualTo(new Turn.Failed(Turn.Cause.OPERATOR, "401: Incorrect \"key\""));
  }

  @Test
  void a_key_that_the_provider_echoes_is_not_repeated() {
    String error = "401: {\"message\":\"Wrong key sk-proj-abc123DEF456 or tok-1 or Bearer abc\"}";

    assertThat(ModelFailure.of(error, "tok-1").message())
        .isEqualTo("401: Wrong key *** or *** or ***");
  }

  @Test
  void a_page_of_html_becomes_one_short_line() {
    String error = "502: <html>\n" + "<p>\u0007\u2028x</p>\n".repeat(1_000);

    assertThat(ModelFailure.of(error, "").message().length()).isLessThanOrEqualTo(300);
    assertThat(ModelFailure.of(error, "").message()).doesNotContain("\n", "\u0007", "\u2028");
  }
}

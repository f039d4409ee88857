package dev.knight.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.doctor.Result.Verdict;
import dev.knight.fake.FakeWeb;
import dev.knight.gateway.ModelSettings;
import dev.knight.job.Secret;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelCheckTest {
  private static final String KEY = "sk-canary-0123456789-canary";

  private final FakeWeb web = new FakeWeb();

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1/responses, authorization, output",
    "anthropic, https://api.anthropic.com/v1/messages, x-api-key, content",
    "google, https://generativelanguage.googleapis.com/v1beta/models/m-1:generateContent,"
        + " x-goog-api-key, candidates",
    "openai-compatible, https://llm.example/v1/chat/completions, authorization, choices"
  })
  void each_provider_is_asked_in_its_own_way(
      String provider, String address, String header, String member) {
    web.answer("POST " + address, 200, "{\"%s\": []}".formatted(member));

    assertThat(look(provider).verdict()).isEqualTo(Verdict.GOOD);
    assertThat(web.asked().getFirst().headers().get(header)).contains(KEY);
    assertThat(web.asked().getFirst().toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Incorrect API key provided: sk-canary-0123456789-canary | BAD | KNIGHT_MODEL_API_KEY
          404 | The model m-1 does not exist                            | BAD | knight.model.name
          400 | invalid model ID                                        | BAD | knight.model.name
          404 | Not Found                                               | BAD | knight.model.base-url
          402 | Payment required                                        | BAD | credit
          400 | Your credit balance is too low                          | BAD | credit
          429 | You exceeded your current quota (insufficient_quota)    | BAD | credit
          429 | Rate limit reached                                      | DOUBTFUL | wait
          503 | Overloaded                                              | DOUBTFUL | status page
          400 | Unsupported parameter: max_tokens                       | DOUBTFUL | if jobs fail
          """)
  void what_a_provider_complains_of_has_its_mend(
      int status, String message, Verdict verdict, String mend) {
    web.answer(
        "POST https://llm.example/v1/chat/completions",
        status,
        "{\"error\": {\"message\": \"%s\"}}".formatted(message));

    Result found = look("openai-compatible");

    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.mend()).contains(mend);
    assertThat(found.reason()).doesNotContain(KEY);
  }

  @Test
  void a_page_that_is_no_models_is_found() {
    web.answer("POST https://llm.example/v1/chat/completions", 200, "<html>Welcome</html>");

    assertThat(look("openai-compatible").mend()).contains("knight.model.base-url");
  }

  @Test
  void an_address_at_which_nobody_answers_is_found() {
    Result found = look("openai-compatible");

    assertThat(found.verdict()).isEqualTo(Verdict.BAD);
    assertThat(found.reason()).isEqualTo("llm.example cannot be reached: nobody listens there");
  }

  private Result look(String provider) {
    Optional<URI> base =
        provider.equals("openai-compatible")
            ? Optional.of(URI.create("https://llm.example/v1"))
            : Optional.empty();
    ModelSettings settings =
        new ModelSettings(provider, "m-1", Optional.empty(), base, Optional.of(new Secret(KEY)));
    return new ModelCheck(web, settings, "m-1").look().getFirst();
  }
}

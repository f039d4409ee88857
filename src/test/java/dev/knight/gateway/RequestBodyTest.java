package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be asked of a provider, and what it would do besides. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CHAT_COMPLETIONS | "messages":[{"role":"user","content":"see https://example.org/x"}]
          CHAT_COMPLETIONS | "messages":[{"content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]
          CHAT_COMPLETIONS | "tools":[{"type":"function","function":{"name":"a","parameters":{"type":"object","properties":{"url":{"type":"string"},"n":{"default":5}}}}}]
          CHAT_COMPLETIONS | "n":1
          RESPONSES        | "input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]}]
          RESPONSES        | "tools":[{"type":"custom","name":"patch"}]
          MESSAGES         | "messages":[{"role":"assistant","content":[{"type":"tool_use","name":"get","input":{"url":"https://example.org","type":"url"}}]}]
          MESSAGES         | "messages":[{"content":[{"type":"image","source":{"type":"base64","data":"AAAA"}}]}]
          MESSAGES         | "tools":[{"name":"read","input_schema":{"type":"object"}}]
          GENERATE_CONTENT | "contents":[{"parts":[{"functionCall":{"name":"get","args":{"url":"https://example.org"}}}]}]
          GENERATE_CONTENT | "tools":[{"functionDeclarations":[{"name":"read"}]}],"generationConfig":{"candidateCount":1}
          """)
  void what_pi_asks_is_asked(Api api, String members) {
    assertThat(read(api, members)).isInstanceOf(Question.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CHAT_COMPLETIONS | "messages":[{"content":[{"type":"image_url","image_url":{"url":"https://evil.example/?secret"}}]}]
          CHAT_COMPLETIONS | "messages":[{"content":[{"image_url":{"detail":"low","\\u0075rl":"http://evil.example"}}]}]
          CHAT_COMPLETIONS | "messages":[{"content":[{"image_url":"https://evil.example"}]}]
          CHAT_COMPLETIONS | "tools":[{"type":"web_search"}]
          CHAT_COMPLETIONS | "web_search_options":{}
          CHAT_COMPLETIONS | "plugins":[{"id":"web"}]
          CHAT_COMPLETIONS | "models":["gpt-expensive"]
          CHAT_COMPLETIONS | "service_tier":"priority"
          CHAT_COMPLETIONS | "n":64
          CHAT_COMPLETIONS | "N":64
          CHAT_COMPLETIONS | "n":1,"n":2.0
          CHAT_COMPLETIONS | "search_parameters":{"mode":"on"}
          CHAT_COMPLETIONS | "stream_options":"x"
          CHAT_COMPLETIONS | "stream_options":{"include_usage":true},"stream_options":{"include_usage":false}
          RESPONSES        | "background":true
          RESPONSES        | "Background":true
          RESPONSES        | "tools":[{"type":"function"},{"type":"web_search_preview"}]
          RESPONSES        | "tools":[{"type":"mcp","server_url":"https://evil.example"}]
          RESPONSES        | "tools":[{"type":"code_interpreter","container":{"type":"auto"}}]
          RESPONSES        | "input":[{"content":[{"type":"input_file","file_url":"https://evil.example"}]}]
          RESPONSES        | "input":[{"content":[{"type":"input_image","image_url":"https://evil.example"}]}]
          RESPONSES        | "prompt":{"id":"pmpt_1"}
          MESSAGES         | "mcp_servers":[{"type":"url","url":"https://evil.example"}]
          MESSAGES         | "tools":[{"type":"web_fetch_20250910","name":"web_fetch"}]
          MESSAGES         | "container":"c"
          MESSAGES         | "messages":[{"content":[{"type":"image","source":{"type":"url","url":"https://evil.example"}}]}]
          MESSAGES         | "messages":[{"content":[{"type":"tool_result","content":[{"source":{"url":"https://evil.example"}}]}]}]
          MESSAGES         | "system":[{"type":"document","source":{"url":"https://evil.example"}}]
          MESSAGES         | "Fallbacks":[{"model":"other"}]
          GENERATE_CONTENT | "tools":[{"googleSearch":{}}]
          GENERATE_CONTENT | "tools":[{"functionDeclarations":[]},{"urlContext":{}}]
          GENERATE_CONTENT | "tools":[{"code_execution":{}}]
          GENERATE_CONTENT | "contents":[{"parts":[{"fileData":{"fileUri":"https://evil.example"}}]}]
          GENERATE_CONTENT | "generationConfig":{"candidateCount":8}
          GENERATE_CONTENT | "cachedContent":"cachedContents/1"
          """)
  void what_the_provider_would_do_besides_is_refused(Api api, String members) {
    assertThat(read(api, members))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.PERMISSION_DENIED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"model":"m","stream":true}                                  | {"stream_options":{"include_usage":true},"model":"m","stream":true}
          {"stream":true,"stream_options":null,"model":"m"}            | {"stream":true,"stream_options":{"include_usage":true},"model":"m"}
          {"model":"m","stream_options":{"include_usage":false} ,"stream":true} | {"model":"m","stream_options":{"include_usage":true} ,"stream":true}
          {"model":"m","stream":true,"stream_options":{"include_usage":true}}   | {"model":"m","stream":true,"stream_options":{"include_usage":true}}
          {"model":"m","stream":false}                                 | {"model":"m","stream":false}
          {"model":"m"}                                                | {"model":"m"}
          {"fallbacks":[{"model":"x"}],"model":"m"}                    | {"model":"m"}
          {"model":"m", "fallbacks" : "x" }                            | {"model":"m" }
          {"model":"m" , "fallbacks":[],"stream":true,"stream_options":{}} | {"model":"m" , "stream":true,"stream_options":{"include_usage":true}}
          """)
  void what_it_cost_is_always_asked_for_and_no_other_model_may_step_in(String sent, String asked) {
    assertThat(RequestBody.read(Api.CHAT_COMPLETIONS, null, Set.of("m"), sent.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Question.class, question -> assertThat(question.body().toString()).isEqualTo(asked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CHAT_COMPLETIONS | "max_tokens":10                                  | 10
          CHAT_COMPLETIONS | "max_tokens":10,"max_completion_tokens":20       | 20
          RESPONSES        | "max_output_tokens":30                           | 30
          MESSAGES         | "max_tokens":40,"metadata":{"max_tokens":99}     | 40
          GENERATE_CONTENT | "generationConfig":{"maxOutputTokens":50}        | 50
          CHAT_COMPLETIONS | "messages":[]                                    |
          """)
  void how_long_the_answer_may_be_is_known(Api api, String members, String most) {
    assertThat(read(api, members))
        .isInstanceOfSatisfying(
            Question.class,
            question ->
                assertThat(question.most().isPresent() ? "" + question.most().getAsLong() : null)
                    .isEqualTo(most));
  }

  @Test
  void another_encoding_than_utf_8_is_no_request() {
    String text = "{\"model\":\"m\"}";

    assertThat(RequestBody.read(Api.CHAT_COMPLETIONS, null, Set.of("m"), text.getBytes(UTF_16BE)))
        .isInstanceOf(Refusal.class);
    assertThat(
            RequestBody.read(
                Api.CHAT_COMPLETIONS, null, Set.of("m"), ("\ufeff" + text).getBytes(UTF_8)))
        .isInstanceOf(Refusal.class);
  }

  private static RequestBody.Read read(Api api, String members) {
    String body = "{\"model\":\"m\"," + members + "}";
    String named = api.namesModelInBody() ? null : "m";
    return RequestBody.read(api, named, Set.of("m"), body.getBytes(UTF_8));
  }
}

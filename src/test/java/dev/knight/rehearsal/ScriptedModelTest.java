package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ScriptedModelTest {
  private static final String ASK =
      """
      {"model":"rehearsal-1","stream":true,"stream_options":{"include_usage":true},
       "messages":[{"role":"system","content":"You are an agent"},
                   {"role":"user","content":[{"type":"text","text":"%s"}]}%s],
       "tools":[{"type":"function","function":{"name":"edit","parameters":{}}}]}
      """;
  private static final String SAID = ",{\"role\":\"assistant\",\"content\":\"before\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ScriptedModel> started = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (ScriptedModel model : started) {
      model.close();
    }
    http.close();
  }

  @Test
  void text_comes_in_chunks_that_join_to_the_whole_and_end_with_the_price() throws Exception {
    ScriptedModel model =
        start(request -> ModelAnswer.text("Looking  at\n it. ").usage(100, 7, 40));

    List<JsonNode> events = events(post(model, ASK.formatted("hi", ""), ""));

    assertThat(joined(events, "/choices/0/delta/content")).isEqualTo("Looking  at\n it. ");
    assertThat(joined(events, "/choices/0/finish_reason")).isEqualTo("stop");
    assertThat(events.getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(100);
    assertThat(events.getLast().at("/usage/prompt_tokens_details/cached_tokens").asInt())
        .isEqualTo(40);
  }

  @Test
  void arguments_of_a_tool_call_come_in_pieces() throws Exception {
    ScriptedModel model = start(request -> ModelAnswer.text("").edit("a.txt", "x".repeat(90), "y"));

    List<JsonNode> events = events(post(model, ASK.formatted("hi", ""), ""));

    String arguments = joined(events, "/choices/0/delta/tool_calls/0/function/arguments");
    assertThat(Json.read(arguments).at("/edits/0/oldText").asText()).hasSize(90);
    assertThat(joined(events, "/choices/0/delta/tool_calls/0/function/name")).isEqualTo("edit");
    assertThat(joined(events, "/choices/0/finish_reason")).isEqualTo("tool_calls");
  }

  @Test
  void without_stream_the_answer_is_whole() throws Exception {
    ScriptedModel model = start(request -> ModelAnswer.text("Yes.").bash("ls"));

    String ask = ASK.formatted("hi", "").replace("\"stream\":true", "\"stream\":false");
    JsonNode json = Json.read(post(model, ask, "").body());

    assertThat(json.at("/choices/0/message/content").asText()).isEqualTo("Yes.");
    assertThat(json.at("/choices/0/message/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"command\":\"ls\"}");
  }

  @Test
  void a_wrong_key_is_refused() throws Exception {
    ScriptedModel model =
        ScriptedModel.start(0, Optional.of("right"), request -> ModelAnswer.text("in"));
    started.add(model);

    assertThat(post(model, ASK.formatted("hi", ""), "wrong").statusCode()).isEqualTo(401);
    assertThat(post(model, ASK.formatted("hi", ""), "right").statusCode()).isEqualTo(200);
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void a_scenario_fits_by_prompt_and_tools_and_goes_on_by_what_was_said() throws Exception {
    ScriptedModel model =
        start(
            Scenario.parse(
                """
                {"parts":[
                  {"when":{"withoutTool":"edit"},"turns":[{"text":"a review"}]},
                  {"when":{"prompt":"issue (\\\\d+)"},"turns":[{"text":"first of ${1}"},{"text":"second of ${1}"}]},
                  {"turns":[],"onExhausted":{"text":"other"}}]}
                """));

    assertThat(said(model, ASK.formatted("fix issue 12", ""))).isEqualTo("first of 12");
    assertThat(said(model, ASK.formatted("fix issue 12", SAID))).isEqualTo("second of 12");
    assertThat(said(model, ASK.formatted("fix it", ""))).isEqualTo("other");
    assertThat(said(model, ASK.formatted("issue 3", "").replace("edit", "read")))
        .isEqualTo("a review");
  }

  @Test
  void an_error_strikes_as_often_as_it_should() throws Exception {
    ScriptedModel model =
        start(
            Scenario.parse(
                "[{\"error\":{\"status\":429,\"times\":2,\"retryAfter\":3},\"text\":\"well\"}]"));

    HttpResponse<String> first = post(model, ASK.formatted("a", ""), "");
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("retry-after")).hasValue("3");
    assertThat(post(model, ASK.formatted("a", ""), "").statusCode()).isEqualTo(429);
    assertThat(said(model, ASK.formatted("a", ""))).isEqualTo("well");
    assertThat(post(model, ASK.formatted("another", ""), "").statusCode()).isEqualTo(429);
  }

  @Test
  void a_stream_can_be_cut_end_early_carry_an_error_or_garbage() throws Exception {
    ScriptedModel cut = start(Scenario.parse("[{\"lorem\":9,\"cutAfterChunks\":3}]"));
    assertThatThrownBy(() -> post(cut, ASK.formatted("a", ""), "")).isInstanceOf(IOException.class);

    ScriptedModel end = start(Scenario.parse("[{\"lorem\":9,\"endWithoutFinishAfterChunks\":3}]"));
    assertThat(post(end, ASK.formatted("a", ""), "").body())
        .contains("lorem")
        .doesNotContain("[DONE]", "\"stop\"");

    ScriptedModel error = start(Scenario.parse("[{\"lorem\":9,\"sseErrorAfterChunks\":3}]"));
    assertThat(post(error, ASK.formatted("a", ""), "").body()).contains("\"error\"");

    ScriptedModel garbage = start(Scenario.parse("[{\"lorem\":9,\"garbageAfterChunks\":3}]"));
    assertThat(post(garbage, ASK.formatted("a", ""), "").body()).contains("<garbage>");
  }

  @Test
  void models_are_listed() throws Exception {
    ScriptedModel model = start(request -> ModelAnswer.text(""));

    HttpRequest request = HttpRequest.newBuilder(URI.create(model.baseUrl() + "/models")).build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();

    assertThat(Json.read(body).at("/data/0/id").asText()).isEqualTo(ScriptedModel.MODEL);
  }

  private ScriptedModel start(java.util.function.Function<ModelRequest, ModelAnswer> script)
      throws IOException {
    ScriptedModel model = ScriptedModel.answering(script);
    started.add(model);
    return model;
  }

  private String said(ScriptedModel model, String ask) throws Exception {
    return joined(events(post(model, ask, "")), "/choices/0/delta/content");
  }

  private HttpResponse<String> post(ScriptedModel model, String body, String key)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static List<JsonNode> events(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    List<String> lines = response.body().lines().filter(line -> !line.isEmpty()).toList();
    assertThat(lines).allMatch(line -> line.startsWith("data: ")).last().isEqualTo("data: [DONE]");
    return lines.subList(0, lines.size() - 1).stream()
        .map(line -> Json.read(line.substring("data: ".length())))
        .toList();
  }

  private static String joined(List<JsonNode> events, String pointer) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.at(pointer).asText("").replace("null", "")));
    return text.toString();
  }
}

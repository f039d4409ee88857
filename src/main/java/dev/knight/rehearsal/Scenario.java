package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script for {@link ScriptedModel} from a JSON file: parts, of which the first that fits a
 * conversation says all its turns.
 *
 * <pre>{@code
 * {"parts": [
 *   {"when": {"prompt": "issue #(\\d+)", "system": "...", "withTool": "edit", "withoutTool": "..."},
 *    "turns": [
 *      {"text": "Fixing ${1}.", "toolCalls": [{"name": "bash", "arguments": {"command": "ls"}}],
 *       "usage": {"prompt": 1800, "completion": 80, "cached": 1400}, "latencyMs": 200,
 *       "chunkDelayMs": 5, "finishReason": "length"},
 *      {"error": {"status": 429, "message": "...", "code": "...", "retryAfter": 2, "times": 2},
 *       "text": "recovered"},
 *      {"lorem": 50, "cutAfterChunks": 5, "faultTimes": 1}],
 *    "onExhausted": {"text": "Nothing more to say."}}]}
 * }</pre>
 *
 * A list of turns alone is a scenario of one part that always fits. {@code when} holds regular
 * expressions that are looked for in the first prompt and in the system prompt; {@code ${n}} in a
 * turn is what group n of {@code prompt} found. Faults strike {@code faultTimes} times (once if not
 * said): {@code hang: true}, {@code hangAfterChunks}, {@code cutAfterChunks}, {@code
 * endWithoutFinishAfterChunks}, {@code sseErrorAfterChunks}, {@code garbageAfterChunks}.
 */
public final class Scenario implements Function<ModelRequest, ModelAnswer> {
  private static final ModelAnswer SILENT = ModelAnswer.text("I have nothing more to say.");

  private final List<Part> parts;

  private Scenario(List<Part> parts) {
    this.parts = parts;
  }

  private record Part(JsonNode when, JsonNode turns, Optional<JsonNode> exhausted) {}

  /** Reads a file. */
  public static Scenario load(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** Reads a text. */
  public static Scenario parse(String text) {
    JsonNode json = Json.read(text);
    List<Part> parts = new ArrayList<>();
    if (json.isArray()) {
      parts.add(new Part(Json.object(), json, Optional.empty()));
    }
    for (JsonNode part : json.path("parts")) {
      Optional<JsonNode> exhausted =
          part.has("onExhausted") ? Optional.of(part.path("onExhausted")) : Optional.empty();
      parts.add(new Part(part.path("when"), part.path("turns"), exhausted));
    }
    return new Scenario(List.copyOf(parts));
  }

  @Override
  public ModelAnswer apply(ModelRequest request) {
    for (Part part : parts) {
      Optional<Matcher> fit = fit(part.when(), request);
      if (fit.isPresent()) {
        JsonNode turn = part.turns().path(request.turn());
        Optional<JsonNode> said = turn.isMissingNode() ? part.exhausted() : Optional.of(turn);
        return said.map(one -> answer(filled(one, fit.get()), request.attempt())).orElse(SILENT);
      }
    }
    return SILENT;
  }

  private static Optional<Matcher> fit(JsonNode when, ModelRequest request) {
    Matcher prompt = Pattern.compile(when.path("prompt").asText("")).matcher(request.prompt());
    boolean fits =
        prompt.find()
            && Pattern.compile(when.path("system").asText("")).matcher(request.system()).find()
            && (!when.has("withTool") || request.tools().contains(when.path("withTool").asText()))
            && !request.tools().contains(when.path("withoutTool").asText("-"));
    return fits ? Optional.of(prompt) : Optional.empty();
  }

  private static JsonNode filled(JsonNode turn, Matcher prompt) {
    String text = turn.toString();
    for (int group = 1; group <= prompt.groupCount(); group++) {
      String found = Optional.ofNullable(prompt.group(group)).orElse("");
      String quoted = Json.object().put("x", found).path("x").toString();
      text = text.replace("${" + group + "}", quoted.substring(1, quoted.length() - 1));
    }
    return Json.read(text);
  }

  private static ModelAnswer answer(JsonNode turn, int attempt) {
    ModelAnswer answer = ModelAnswer.text(text(turn));
    for (JsonNode call : turn.path("toolCalls")) {
      answer = answer.calling(call.path("name").asText(), call.path("arguments"));
    }
    JsonNode usage = turn.path("usage");
    if (usage.isObject()) {
      answer =
          answer.usage(
              usage.path("prompt").asLong(),
              usage.path("completion").asLong(),
              usage.path("cached").asLong());
    }
    answer =
        answer
            .finishing(turn.path("finishReason").asText(""))
            .slowly(
                Duration.ofMillis(turn.path("latencyMs").asLong(0)),
                Duration.ofMillis(turn.path("chunkDelayMs").asLong(0)));
    Optional<ModelFault> fault = fault(turn);
    int times = turn.path("error").path("times").asInt(turn.path("faultTimes").asInt(1));
    return fault.isPresent() && attempt < times ? answer.failing(fault.get()) : answer;
  }

  private static String text(JsonNode turn) {
    return turn.has("lorem")
        ? "lorem ".repeat(turn.path("lorem").asInt())
        : turn.path("text").asText("");
  }

  private static Optional<ModelFault> fault(JsonNode turn) {
    JsonNode error = turn.path("error");
    if (error.isObject()) {
      return Optional.of(
          new ModelFault.Status(
              error.path("status").asInt(500),
              error.path("message").asText("The server had an error"),
              error.path("code").asText(""),
              error.path("retryAfter").asInt(0)));
    }
    if (turn.path("hang").asBoolean(false)) {
      return Optional.of(new ModelFault.Hang(-1));
    }
    return after(turn, "hangAfterChunks", ModelFault.Hang::new)
        .or(() -> after(turn, "cutAfterChunks", ModelFault.Cut::new))
        .or(() -> after(turn, "endWithoutFinishAfterChunks", ModelFault.End::new))
        .or(() ->
            after(
                turn,
                "sseErrorAfterChunks",
                chunks -> new ModelFault.ErrorEvent(chunks, "The server had an error")))
        .or(() -> after(turn, "garbageAfterChunks", ModelFault.Garbage::new));
  }

  private static Optional<ModelFault> after(
      JsonNode turn, String member, Function<Integer, ModelFault> fault) {
    return turn.has(member)
        ? Optional.of(fault.apply(turn.path(member).asInt()))
        : Optional.empty();
  }
}

package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Answers in the words of the chat completions interface: whole, or as a list of chunks. */
final class CompletionJson {
  private static final Pattern WORDS = Pattern.compile("\\s*\\S+\\s*");
  private static final Pattern PIECES = Pattern.compile("(?s).{1,40}");
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final ModelRequest request;
  private final ModelAnswer answer;
  private final long number;

  CompletionJson(ModelRequest request, ModelAnswer answer, long number) {
    this.request = request;
    this.answer = answer;
    this.number = number;
  }

  ObjectNode whole() {
    ObjectNode json = head("chat.completion");
    ObjectNode choice = json.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finishReason());
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant").put("content", answer.text());
    if (!answer.toolCalls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (int index = 0; index < answer.toolCalls().size(); index++) {
        ObjectNode call = calls.addObject();
        function(call, index).put("arguments", arguments(index));
      }
    }
    json.set("usage", usage());
    return json;
  }

  /** All chunks but the {@code [DONE]} at the end. */
  List<ObjectNode> chunks() {
    List<ObjectNode> chunks = new ArrayList<>();
    chunks.add(delta(Json.object().put("role", "assistant").put("content", "")));
    for (String word : parts(WORDS, answer.text())) {
      chunks.add(delta(Json.object().put("content", word)));
    }
    for (int index = 0; index < answer.toolCalls().size(); index++) {
      chunks.addAll(toolCall(index));
    }
    ObjectNode last = delta(Json.object());
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finishReason());
    chunks.add(last);
    ObjectNode price = head("chat.completion.chunk");
    price.putArray("choices");
    price.set("usage", usage());
    chunks.add(price);
    return chunks;
  }

  private List<ObjectNode> toolCall(int index) {
    List<ObjectNode> chunks = new ArrayList<>();
    ObjectNode start = Json.object().put("index", index);
    function(start, index).put("arguments", "");
    chunks.add(call(start));
    for (String piece : parts(PIECES, arguments(index))) {
      ObjectNode more = Json.object().put("index", index);
      more.putObject("function").put("arguments", piece);
      chunks.add(call(more));
    }
    return chunks;
  }

  private ObjectNode call(ObjectNode call) {
    ObjectNode delta = Json.object();
    delta.putArray("tool_calls").add(call);
    return delta(delta);
  }

  private ObjectNode function(ObjectNode call, int index) {
    call.put("id", "call_%d_%d".formatted(number, index)).put("type", "function");
    return call.putObject("function").put("name", answer.toolCalls().get(index).name());
  }

  private String arguments(int index) {
    return answer.toolCalls().get(index).arguments().toString();
  }

  private ObjectNode delta(ObjectNode delta) {
    ObjectNode json = head("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject();
    choice.put("index", 0).set("delta", delta);
    choice.putNull("finish_reason");
    return json;
  }

  private ObjectNode head(String object) {
    return Json.object()
        .put("id", "chatcmpl-rehearsal" + number)
        .put("object", object)
        .put("created", 0)
        .put("model", request.model());
  }

  private String finishReason() {
    if (!answer.finishReason().isEmpty()) {
      return answer.finishReason();
    }
    return answer.toolCalls().isEmpty() ? "stop" : "tool_calls";
  }

  private ObjectNode usage() {
    ModelAnswer.Usage usage = answer.usage().orElseGet(this::counted);
    ObjectNode json =
        Json.object()
            .put("prompt_tokens", usage.prompt())
            .put("completion_tokens", usage.completion())
            .put("total_tokens", usage.prompt() + usage.completion());
    json.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    return json;
  }

  private ModelAnswer.Usage counted() {
    long asked = request.messages().stream().mapToLong(message -> message.text().length()).sum();
    long said = answer.text().length();
    for (int index = 0; index < answer.toolCalls().size(); index++) {
      said += arguments(index).length();
    }
    return new ModelAnswer.Usage(
        asked / CHARACTERS_PER_TOKEN + 1, said / CHARACTERS_PER_TOKEN + 1, 0);
  }

  private static List<String> parts(Pattern pattern, String text) {
    List<String> parts =
        new ArrayList<>(pattern.matcher(text).results().map(MatchResult::group).toList());
    if (parts.isEmpty() && !text.isEmpty()) {
      parts.add(text);
    }
    return parts;
  }
}

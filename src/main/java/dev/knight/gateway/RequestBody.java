package dev.knight.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body before the provider gets it: which model it asks, and whether it asks for
 * nothing but an answer. The provider has a network: what it would fetch, run or ask in the agent's
 * name is refused here, and so is what costs more than the answer shows.
 */
final class RequestBody {
  private static final String MODEL = "model";
  private static final String OPTIONS = "stream_options";

  /** Models that nobody allowed, which pi lets Anthropic take where the one asked declines. */
  private static final String FALLBACKS = "fallbacks";

  private static final String ASKED_FOR = "{\"include_usage\":true}";

  /** Other people's servers and tools, other models, other tariffs, answers that come later. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "background",
          "cachedcontent",
          "cached_content",
          "container",
          "mcp_servers",
          "models",
          "plugins",
          "prompt",
          "route",
          "search_parameters",
          "service_tier",
          "speed",
          "web_search_options");

  /** Each of them is paid for. */
  private static final Set<String> ANSWERS =
      Set.of(
          "n",
          "best_of",
          "generationconfig.candidatecount",
          "generation_config.candidate_count",
          "generationconfig.candidate_count",
          "generation_config.candidatecount");

  private static final Set<String> MOST =
      Set.of(
          "max_tokens",
          "max_completion_tokens",
          "max_output_tokens",
          "generationconfig.maxoutputtokens",
          "generationconfig.max_output_tokens",
          "generation_config.max_output_tokens");

  /** Tools that pi runs itself, in its jail. */
  private static final Set<String> OWN_TOOLS = Set.of("function", "custom");

  /** What Google calls the same: a list of functions is the only kind. */
  private static final Set<String> OWN_TOOL_LISTS =
      Set.of("functiondeclarations", "function_declarations");

  /** Where the provider would look for more of the question. */
  private static final Set<String> POINTERS =
      Set.of("url", "image_url", "file_url", "video_url", "audio_url", "fileuri", "file_uri");

  private static final Set<String> TALK =
      Set.of("messages", "input", "contents", "system", "systeminstruction", "system_instruction");

  /** What the model itself said to a tool, and what that answered: any names may stand there. */
  private static final Set<String> FREE =
      Set.of(
          "messages.content.input.",
          "contents.parts.functioncall.args.",
          "contents.parts.function_call.args.",
          "contents.parts.functionresponse.response.",
          "contents.parts.function_response.response.");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Exchange.BODY_LIMIT).build())
          .build();

  private final Api api;
  private final Set<String> models;
  private final byte[] body;
  private final Place place = new Place();
  private final List<Edit> edits = new ArrayList<>();
  private @Nullable String model;
  private boolean streams;
  private boolean hasOptions;
  private boolean hasFallbacks;
  private OptionalLong most = OptionalLong.empty();

  /** What may become of a body. */
  sealed interface Read permits Question, Refusal {}

  /** What stands from one byte up to another becomes {@code text}. */
  private record Edit(int from, int to, String text) {}

  private RequestBody(Api api, Set<String> models, byte[] body) {
    this.api = api;
    this.models = models;
    this.body = body;
  }

  /**
   * What {@code body} asks, or why it may not be passed on. It takes time: up to 32 MiB are read.
   *
   * @param model the model that the path names, where the body does not
   * @param models the models that may be asked
   */
  static Read read(Api api, @Nullable String model, Set<String> models, byte[] body) {
    RequestBody read = new RequestBody(api, models, body);
    try {
      return read.read(model);
    } catch (IOException _) {
      return noRequest();
    }
  }

  private Read read(@Nullable String named) throws IOException {
    if (!isPlain()) {
      return noRequest();
    }
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.START_OBJECT) {
        return noRequest();
      }
      int start = offset(parser.currentLocation());
      place.note(token, parser);
      while (place.depth() > 0) {
        token = parser.nextToken();
        if (token == null) {
          return noRequest();
        }
        place.note(token, parser);
        Refusal refusal = token == JsonToken.FIELD_NAME ? field(parser) : value(token, parser);
        if (refusal != null) {
          return refusal;
        }
      }
      return parser.nextToken() == null ? question(named, start) : noRequest();
    }
  }

  /** In UTF-8, as everybody reads it: Jackson would take other encodings too. */
  private boolean isPlain() {
    return body.length > 1 && "{ \t\r\n".indexOf(body[0]) >= 0 && body[1] != 0;
  }

  private Read question(@Nullable String named, int start) {
    String asked = named == null ? model : named;
    if (asked == null || !models.contains(asked)) {
      return otherModel();
    }
    if (api == Api.CHAT_COMPLETIONS && streams && !hasOptions) {
      // Whoever streams is told what it cost: knight asks for it where pi did not.
      edits.addFirst(new Edit(start, start, "\"%s\":%s,".formatted(OPTIONS, ASKED_FOR)));
    }
    return new Question(asked, edited(), most);
  }

  private Buffer edited() {
    if (edits.isEmpty()) {
      return Buffer.buffer(body);
    }
    Buffer text = Buffer.buffer(body.length + 64);
    int at = 0;
    for (Edit edit : edits) {
      text.appendBytes(body, at, edit.from() - at).appendString(edit.text());
      at = edit.to();
    }
    return text.appendBytes(body, at, body.length - at);
  }

  private @Nullable Refusal field(JsonParser parser) throws IOException {
    String where = place.value();
    String name = where.toLowerCase(Locale.ROOT);
    if (place.depth() == 1) {
      if (name.equals(MODEL) && api.namesModelInBody()) {
        return model(where, parser);
      }
      if (name.equals(OPTIONS) && api == Api.CHAT_COMPLETIONS) {
        return options(where, parser);
      }
      if (where.equals(FALLBACKS) && !hasFallbacks) {
        hasFallbacks = true;
        leaveOut(parser);
        return null;
      }
      if (FORBIDDEN.contains(name) || name.equals(FALLBACKS)) {
        return more();
      }
    }
    if (api == Api.GENERATE_CONTENT
        && name.startsWith("tools.")
        && name.indexOf('.', "tools.".length()) < 0
        && !OWN_TOOL_LISTS.contains(name.substring("tools.".length()))) {
      return more();
    }
    return null;
  }

  /** Some providers do not mind upper case, and take the last of two. */
  private @Nullable Refusal model(String name, JsonParser parser) throws IOException {
    boolean first = model == null;
    JsonToken token = parser.nextToken();
    place.note(token, parser);
    if (!first || !name.equals(MODEL) || token != JsonToken.VALUE_STRING) {
      return otherModel();
    }
    model = parser.getText();
    return models.contains(model) ? null : otherModel();
  }

  private @Nullable Refusal options(String name, JsonParser parser) throws IOException {
    if (hasOptions || !name.equals(OPTIONS)) {
      return more();
    }
    JsonToken token = parser.nextToken();
    int from = offset(parser.currentTokenLocation());
    if (token == JsonToken.START_OBJECT) {
      parser.skipChildren();
    } else if (token != JsonToken.VALUE_NULL) {
      return more();
    }
    edits.add(new Edit(from, offset(parser.currentLocation()), ASKED_FOR));
    hasOptions = true;
    return null;
  }

  /** Takes out the member whose name was just read, and the comma that parts it from others. */
  private void leaveOut(JsonParser parser) throws IOException {
    int from = offset(parser.currentTokenLocation());
    parser.nextToken();
    parser.skipChildren();
    parser.finishToken();
    int to = offset(parser.currentLocation());
    int next = to;
    while (next < body.length && body[next] <= ' ') {
      next++;
    }
    if (next < body.length && body[next] == ',') {
      edits.add(new Edit(from, next + 1, ""));
      return;
    }
    int comma = from;
    while (comma > 0 && body[comma - 1] != ',' && body[comma - 1] <= ' ') {
      comma--;
    }
    edits.add(new Edit(body[comma - 1] == ',' ? comma - 1 : from, to, ""));
  }

  private static int offset(JsonLocation location) {
    return Math.toIntExact(location.getByteOffset());
  }

  private @Nullable Refusal value(JsonToken token, JsonParser parser) throws IOException {
    if (!token.isScalarValue()) {
      return null;
    }
    String name = place.value().toLowerCase(Locale.ROOT);
    if (name.equals("stream")) {
      streams = streams || token == JsonToken.VALUE_TRUE;
    } else if (token == JsonToken.VALUE_STRING) {
      return isElsewhere(name, parser) ? more() : null;
    } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = parser.getDoubleValue();
      if (ANSWERS.contains(name) && number != 1) {
        return more();
      }
      if (MOST.contains(name) && number >= 0) {
        most = OptionalLong.of(Math.max(most.orElse(0), (long) Math.ceil(number)));
      }
    }
    return null;
  }

  /** Whether the word at {@code place} makes the provider reach out. */
  private static boolean isElsewhere(String place, JsonParser parser) throws IOException {
    if (place.equals("tools.type")) {
      return !OWN_TOOLS.contains(parser.getText());
    }
    int dot = place.indexOf('.');
    return dot > 0
        && TALK.contains(place.substring(0, dot))
        && POINTERS.contains(place.substring(place.lastIndexOf('.') + 1))
        && FREE.stream().noneMatch(place::startsWith)
        && !parser.getText().startsWith("data:");
  }

  private static Refusal noRequest() {
    return new Refusal(Refusal.Reason.INVALID_ARGUMENT, "The body is not one JSON object");
  }

  private static Refusal more() {
    return new Refusal(
        Refusal.Reason.PERMISSION_DENIED,
        "The model may be asked for an answer, and for nothing that its provider would fetch, run"
            + " or charge for by itself");
  }

  private static Refusal otherModel() {
    return new Refusal(
        Refusal.Reason.PERMISSION_DENIED,
        "Only knight.model.name and knight.model.review-name may be asked");
  }
}

package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A model that says what a script tells it, behind the chat completions interface on 127.0.0.1. It
 * keeps nothing of a conversation: each request brings the whole of it, so parallel and resumed
 * jobs share one server.
 */
public final class ScriptedModel implements AutoCloseable {
  /** The name of its one model. */
  public static final String MODEL = "rehearsal-1";

  /** Each holds a whole conversation: a rehearsal that runs for days must not grow. */
  private static final int MOST_REQUESTS = 1_000;

  private final LoopbackServer server;
  private final Optional<String> key;
  private final Function<ModelRequest, ModelAnswer> script;
  private final Deque<ModelRequest> requests = new ArrayDeque<>();
  private final Map<List<Object>, Integer> attempts = new HashMap<>();
  private final AtomicLong answers = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedModel(
      LoopbackServer server, Optional<String> key, Function<ModelRequest, ModelAnswer> script) {
    this.server = server;
    this.key = key;
    this.script = script;
  }

  /** Starts on a free port, for everybody, with a script in Java. */
  public static ScriptedModel answering(Function<ModelRequest, ModelAnswer> script)
      throws IOException {
    return start(0, Optional.empty(), script);
  }

  /**
   * Starts.
   *
   * @param port the port to listen on, 0 for a free one
   * @param key the only bearer token that is let in; everybody without one
   * @param script what to say; called on several threads
   */
  public static ScriptedModel start(
      int port, Optional<String> key, Function<ModelRequest, ModelAnswer> script)
      throws IOException {
    ScriptedModel model = new ScriptedModel(LoopbackServer.bind(port), key, script);
    model.server.serve(model::answer);
    return model;
  }

  /** What goes into {@code knight.model.base-url}; ends with {@code /v1}. */
  public URI baseUrl() {
    return URI.create(server.url() + "/v1");
  }

  /** What it was asked, oldest first: the last 1,000 requests. */
  public List<ModelRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  private void answer(WireRequest request, WireReply reply) throws IOException {
    String bearer = request.header("authorization").replaceFirst("(?i)^bearer +", "");
    if (key.isPresent() && !key.get().equals(bearer)) {
      refuse(reply, new ModelFault.Status(401, "Incorrect API key.", "invalid_api_key", 0));
    } else if (request.path().endsWith("/models")) {
      json(reply, 200, Map.of(), models());
    } else if (request.path().endsWith("/chat/completions")) {
      complete(ModelRequest.of(bearer, Json.read(request.content().readAllBytes())), reply);
    } else {
      refuse(reply, new ModelFault.Status(404, "Unknown path " + request.path(), "", 0));
    }
  }

  private void complete(ModelRequest asked, WireReply reply) throws IOException {
    ModelRequest request = record(asked);
    ModelAnswer answer = script.apply(request);
    ModelStream stream = new ModelStream(reply, answer, closed);
    stream.await(answer.latency());
    CompletionJson json = new CompletionJson(request, answer, answers.incrementAndGet());
    switch (answer.fault().orElse(new ModelFault.Cut(Integer.MAX_VALUE))) {
      case ModelFault.Status error -> refuse(reply, error);
      case ModelFault.Hang(int after) when after < 0 -> {
        stream.await(Duration.ofHours(1));
        reply.drop();
      }
      case ModelFault.Hang _,
          ModelFault.Cut _,
          ModelFault.End _,
          ModelFault.ErrorEvent _,
          ModelFault.Garbage _ -> {
        if (request.streamed()) {
          stream.send(json.chunks());
        } else {
          json(reply, 200, Map.of(), json.whole());
        }
      }
    }
  }

  private ModelRequest record(ModelRequest request) {
    synchronized (requests) {
      List<Object> turn =
          List.of(request.bearer(), request.prompt().hashCode(), request.messages().size());
      int before = attempts.merge(turn, 1, Integer::sum) - 1;
      ModelRequest counted = request.again(before);
      if (requests.size() == MOST_REQUESTS) {
        requests.removeFirst();
      }
      requests.addLast(counted);
      return counted;
    }
  }

  private static ObjectNode models() {
    ObjectNode json = Json.object().put("object", "list");
    json.putArray("data")
        .addObject()
        .put("id", MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "rehearsal");
    return json;
  }

  private static void refuse(WireReply reply, ModelFault.Status error) throws IOException {
    ObjectNode json = Json.object();
    json.putObject("error")
        .put("message", error.message())
        .put("type", error.status() == 429 ? "rate_limit_error" : "invalid_request_error")
        .put("code", error.code().isEmpty() ? null : error.code());
    Map<String, String> headers =
        error.retryAfterSeconds() > 0
            ? Map.of("retry-after", String.valueOf(error.retryAfterSeconds()))
            : Map.of();
    json(reply, error.status(), headers, json);
  }

  private static void json(WireReply reply, int status, Map<String, String> more, JsonNode json)
      throws IOException {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("content-type", "application/json");
    reply.send(status, headers, Json.bytes(json));
  }

  /** Stops at once and ends what hangs. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}

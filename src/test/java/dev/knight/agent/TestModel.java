package dev.knight.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * A model behind OpenAI's old API that says what it is told to, one answer for each request in
 * their order; when it has no more to say it says {@code done}.
 */
@NullMarked
final class TestModel implements AutoCloseable {
  /** One answer. */
  sealed interface Answer {}

  /** Words, then calls of tools. */
  record Says(String text, List<Call> calls) implements Answer {
    Says(String text, Call... calls) {
      this(text, List.of(calls));
    }
  }

  /** A call of a tool. */
  record Call(String tool, Map<String, Object> arguments) {}

  /** An HTTP error. */
  record Fails(int status, String body) implements Answer {}

  /** Some words, then silence until pi hangs up. */
  record Hangs(String text) implements Answer {}

  /** Some words, then the connection is cut. */
  record Cut(String text) implements Answer {}

  private final ServerSocket server;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Answer> answers;
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();

  TestModel(Answer... answers) throws IOException {
    this.answers = new ArrayList<>(List.of(answers));
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("model").start(this::accept);
  }

  /** Where it answers. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  /** What it was asked. */
  synchronized List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** By whom. */
  synchronized List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** Waits until it was asked {@code count} times. */
  synchronized void awaitRequests(int count) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (requests.size() < count) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("The model was asked only " + requests.size() + " times");
      }
      wait(millis);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int length = 0;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        } else if (header.startsWith("authorization:")) {
          note(line.substring(14).strip());
        }
      }
      Answer answer = next(json.readTree(in.readNBytes(length)));
      answer(answer, in, socket.getOutputStream());
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized void note(String token) {
    tokens.add(token);
  }

  private synchronized Answer next(JsonNode request) {
    requests.add(request);
    notifyAll();
    return answers.isEmpty() ? new Says("done") : answers.removeFirst();
  }

  private void answer(Answer answer, InputStream in, OutputStream out) throws IOException {
    switch (answer) {
      case Fails(int status, String body) ->
          write(
              out,
              "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(status, body.length(), body));
      case Says(String text, List<Call> calls) -> {
        head(out);
        say(out, text);
        call(out, calls);
        finish(out, calls.isEmpty() ? "stop" : "tool_calls");
      }
      case Hangs(String text) -> {
        head(out);
        say(out, text);
        in.read(); // until pi hangs up
      }
      case Cut(String text) -> {
        head(out);
        say(out, text);
      }
    }
  }

  private static void head(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  private void say(OutputStream out, String text) throws IOException {
    for (String word : text.isEmpty() ? new String[0] : text.split("(?<= )")) {
      event(out, chunk(json.createObjectNode().put("content", word)));
    }
  }

  private void call(OutputStream out, List<Call> calls) throws IOException {
    for (int i = 0; i < calls.size(); i++) {
      ObjectNode delta = json.createObjectNode();
      ObjectNode call = delta.putArray("tool_calls").addObject();
      call.put("index", i).put("id", "call_" + System.nanoTime()).put("type", "function");
      call.putObject("function")
          .put("name", calls.get(i).tool())
          .put("arguments", json.writeValueAsString(calls.get(i).arguments()));
      event(out, chunk(delta));
    }
  }

  private void finish(OutputStream out, String reason) throws IOException {
    ObjectNode last = chunk(json.createObjectNode());
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", reason);
    event(out, last);
    ObjectNode usage =
        json.createObjectNode().put("id", "x").put("object", "chat.completion.chunk");
    usage.putArray("choices");
    usage
        .putObject("usage")
        .put("prompt_tokens", 100)
        .put("completion_tokens", 10)
        .put("total_tokens", 110);
    event(out, usage);
    write(out, "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
  }

  private ObjectNode chunk(ObjectNode delta) {
    ObjectNode chunk =
        json.createObjectNode().put("id", "x").put("object", "chat.completion.chunk");
    chunk.putArray("choices").addObject().put("index", 0).set("delta", delta);
    return chunk;
  }

  private static void event(OutputStream out, JsonNode data) throws IOException {
    String text = "data: " + data + "\n\n";
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    write(out, Integer.toHexString(length) + "\r\n" + text + "\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiCommand;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import dev.knight.pi.RecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.newsclub.net.unix.AFUNIXSocket;

/** A client of a living bridge. Safe for use by many threads. */
public final class BridgeClient implements Closeable {
  private final AFUNIXSocket socket;
  private final OutputStream out;
  private final BridgeListener listener;
  private final PiCodec codec = new PiCodec();
  private final EntryCodec entries = new EntryCodec();
  private final Map<String, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();
  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
  private volatile boolean closed;

  private BridgeClient(AFUNIXSocket socket, BridgeListener listener) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.listener = listener;
  }

  /**
   * Goes to the bridge at {@code path}.
   *
   * @param listener hears nothing but the end until {@link #read}
   * @throws IOException when nobody listens there
   */
  public static BridgeClient connect(Path path, BridgeListener listener) throws IOException {
    BridgeClient client =
        OwnThread.call(() -> new BridgeClient(BridgeSocket.connect(path), listener));
    Thread.ofPlatform().daemon().name("bridge " + path.getFileName()).start(client::listen);
    return client;
  }

  /** Completes with pi's process number when the bridge answers. */
  public CompletableFuture<Long> pi() {
    return hello.thenApply(greeting -> greeting.path("pi").asLong());
  }

  /** Has the listener told all entries after number {@code after}, then what comes. */
  public void read(long after) throws IOException {
    write(codec.object().put("op", "read").put("after", after));
  }

  /** Passes {@code command} on to pi; completes with pi's response. */
  public CompletableFuture<PiResponse> send(PiCommand command) throws IOException {
    return ask(codec.object().put("op", "send").set("command", codec.encode("", command)))
        .thenCompose(this::response);
  }

  /**
   * Has pi asked, once for each key and attempt. How that ends is told to the listener.
   *
   * @param attempt counted from 1
   * @return completes with false when pi works on something else
   */
  public CompletableFuture<Boolean> prompt(String key, int attempt, PiCommand.Prompt prompt)
      throws IOException {
    ObjectNode request = codec.object().put("op", "prompt").put("key", key).put("attempt", attempt);
    return ask(request.set("command", codec.encode("", prompt)))
        .thenApply(reply -> !reply.has("error"));
  }

  /**
   * Tells pi something while it works; whether and when pi takes it is told to the listener.
   *
   * @param key what it is, as for a prompt
   * @return completes with false when pi does not work, or its bridge is of a knight that did not
   *     keep the key
   */
  public CompletableFuture<Boolean> steer(String key, String text) throws IOException {
    if (hello.state() != Future.State.SUCCESS
        || hello.resultNow().path("bridge").asInt() < Bridge.PROTOCOL) {
      return CompletableFuture.completedFuture(false);
    }
    return ask(codec.object().put("op", "steer").put("key", key).put("text", text))
        .thenApply(reply -> reply.path("response").path("success").asBoolean());
  }

  /** Has pi and the bridge end; completes when the bridge has begun to. */
  public CompletableFuture<Void> stop() throws IOException {
    return ask(codec.object().put("op", "stop")).thenAccept(_ -> {});
  }

  private CompletableFuture<PiResponse> response(JsonNode reply) {
    PiRecord record = codec.decode(reply.path("response"));
    return record instanceof PiResponse response
        ? CompletableFuture.completedFuture(response)
        : CompletableFuture.failedFuture(
            new IOException("The bridge refused: " + reply.path("error").asText()));
  }

  private CompletableFuture<JsonNode> ask(ObjectNode request) throws IOException {
    String id = nextId();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    write(request.put("id", id));
    if (closed) {
      fail(reply);
    }
    return reply;
  }

  private String nextId() {
    return "c-" + requests.incrementAndGet();
  }

  private void write(JsonNode request) throws IOException {
    byte[] line = codec.line(request);
    OwnThread.call(() -> {
      synchronized (out) {
        out.write(line);
      }
      return line.length;
    });
  }

  private void listen() {
    try {
      RecordReader lines = new RecordReader(socket.getInputStream());
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        told(codec.tree(line.get()));
      }
    } catch (IOException _) {
      closed = true; // the bridge went, or this client did
    }
    closed = true;
    fail(hello);
    replies.values().forEach(BridgeClient::fail);
    listener.closed();
  }

  private static void fail(CompletableFuture<JsonNode> reply) {
    reply.completeExceptionally(new IOException("The bridge is gone"));
  }

  private void told(JsonNode line) {
    if (line.has("seq")) {
      entries.decode(line).ifPresent(listener::entry);
    } else if (line.has("live")) {
      listener.live(codec.decode(line.path("live")));
    } else if (line.has("caughtUp")) {
      listener.caughtUp();
    } else if (line.has("bridge")) {
      hello.complete(line);
    } else {
      CompletableFuture<JsonNode> reply = replies.remove(line.path("reply").asText());
      if (reply != null) {
        reply.complete(line);
      }
    }
  }

  /** Leaves; the bridge and pi go on. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.knight.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** One bare repository behind git's smart HTTP, with a password and with moods. */
final class GitServer implements AutoCloseable {
  static final String TOKEN = "ghp_5ecretOfTheTest";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path directory;
  private final String expected;
  private final AtomicBoolean mute = new AtomicBoolean();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger packs = new AtomicInteger();
  private final AtomicReference<Optional<Mood>> mood = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());

  /** Serves {@code directory} until closed. */
  GitServer(Path directory) throws IOException {
    this.directory = directory;
    this.expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/ada/engine.git".formatted(http.getAddress().getPort()));
  }

  /** Requests that came without the right password. */
  int refusals() {
    return refusals.get();
  }

  /** Packs that were asked for by a fetch. */
  int packs() {
    return packs.get();
  }

  /** From now on answers requests whose path {@code when} accepts with {@code status} alone. */
  void answer(Predicate<String> when, int status, String header, String value) {
    mood.set(Optional.of(new Mood(when, status, header, value)));
  }

  /** From now on refuses every push with {@code words}. */
  void refusePushes(String words) {
    refusal.set(Optional.of(words));
  }

  /** From now on takes every push, and hangs up instead of saying so. */
  void loseAnswersToPushes() {
    mute.set(true);
  }

  /** Serves as at the start. */
  void calm() {
    mute.set(false);
    mood.set(Optional.empty());
    refusal.set(Optional.empty());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      Optional<Mood> now = mood.get().filter(m -> m.when().test(path));
      if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        refusals.incrementAndGet();
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (now.isPresent()) {
        exchange.getResponseHeaders().set(now.get().header(), now.get().value());
        exchange.sendResponseHeaders(now.get().status(), -1);
      } else {
        serve(exchange, path);
      }
    }
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    try (Repository git =
        new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build()) {
      if (path.endsWith("/info/refs?service=git-upload-pack")) {
        OutputStream out = started(exchange, "git-upload-pack-advertisement");
        upload(git, exchange).sendAdvertisedRefs(advertiser(out), "git-upload-pack");
      } else if (path.endsWith("/info/refs?service=git-receive-pack")) {
        OutputStream out = started(exchange, "git-receive-pack-advertisement");
        advertiseReceive(git, out);
      } else if (path.endsWith("/git-upload-pack")) {
        packs.incrementAndGet();
        OutputStream out = started(exchange, "git-upload-pack-result");
        upload(git, exchange).upload(body(exchange), out, null);
      } else if (path.endsWith("/git-receive-pack")) {
        OutputStream out =
            mute.get()
                ? OutputStream.nullOutputStream()
                : started(exchange, "git-receive-pack-result");
        receive(git).receive(body(exchange), out, null);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static OutputStream started(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-" + type);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static PacketLineOutRefAdvertiser advertiser(OutputStream out) {
    return new PacketLineOutRefAdvertiser(new PacketLineOut(out));
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
  }

  private static UploadPack upload(Repository git, HttpExchange exchange) {
    UploadPack pack = new UploadPack(git);
    pack.setBiDirectionalPipe(false);
    String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
    pack.setExtraParameters(protocol == null ? List.of() : List.of(protocol.split(":", -1)));
    return pack;
  }

  private void advertiseReceive(Repository git, OutputStream out) throws IOException {
    PacketLineOut lines = new PacketLineOut(out);
    lines.writeString("# service=git-receive-pack\n");
    lines.end();
    receive(git).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
  }

  private ReceivePack receive(Repository git) {
    ReceivePack pack = new ReceivePack(git);
    pack.setBiDirectionalPipe(false);
    pack.setAllowNonFastForwards(false);
    refusal
        .get()
        .ifPresent(words ->
            pack.setPreReceiveHook((_, commands) ->
                commands.forEach(
                    c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, words))));
    return pack;
  }

  @Override
  public void close() {
    http.stop(0);
    threads.close();
  }

  private record Mood(Predicate<String> when, int status, String header, String value) {}
}

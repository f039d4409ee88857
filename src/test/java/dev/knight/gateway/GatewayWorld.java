package dev.knight.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.knight.home.KnightHome;
import dev.knight.job.Secret;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A provider that a test scripts, a gateway to it on a port of its own, and a stand-in for pi. */
final class GatewayWorld implements AutoCloseable {
  static final String KEY = "sk-real-key-0123456789";

  final Vertx vertx = Vertx.vertx();
  final HttpClient pi = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final KnightHome home;
  private volatile Handler<HttpServerRequest> script = request -> request.response().end();

  GatewayWorld(Path home) {
    this.home = new KnightHome(home);
  }

  /** What the provider does from now on. */
  void provider(Handler<HttpServerRequest> does) {
    script = does;
  }

  /** The base URL of a provider that listens as {@code options} say. */
  URI provider(HttpServerOptions options) {
    HttpServer server =
        vertx.createHttpServer(options).requestHandler(request -> script.handle(request));
    int port = await(server.listen(0, "127.0.0.1")).actualPort();
    return URI.create((options.isSsl() ? "https" : "http") + "://127.0.0.1:" + port + "/base");
  }

  ModelSettings settings(String provider) {
    return new ModelSettings(
        provider,
        "fake-1",
        Optional.of("fake-review"),
        Optional.of(provider(new HttpServerOptions())),
        Optional.of(new Secret(KEY)));
  }

  ModelGateway gateway(String provider) {
    return gateway(settings(provider));
  }

  ModelGateway gateway(ModelSettings settings) {
    Router router = Router.router(vertx);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    int port = await(server.listen(0, "127.0.0.1")).actualPort();
    ModelGateway gateway =
        new ModelGateway(() -> settings, home, new Port(port), vertx, (_, _, _, _) -> {});
    gateway.mount(router);
    return gateway;
  }

  /** Lets {@code conversation} in, with as much money as it wants. */
  static void open(ModelGateway gateway, String conversation) {
    gateway.open(conversation, 1, allowance(new BigDecimal("1000"), Optional::empty));
  }

  static Allowance allowance(BigDecimal left, Supplier<Optional<String>> refusal) {
    return new Allowance() {
      @Override
      public Optional<String> refusal() {
        return refusal.get();
      }

      @Override
      public BigDecimal left() {
        return left;
      }
    };
  }

  HttpRequest.Builder ask(ModelGateway gateway, String conversation, String path, String body) {
    return HttpRequest.newBuilder(URI.create(gateway.addressFor(conversation) + path))
        .header("Authorization", "Bearer " + gateway.tokenFor(conversation, 1).reveal())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return pi.send(request.build(), BodyHandlers.ofString());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pi.shutdownNow();
    await(vertx.close());
  }

  /** Where the gateway's server listens. */
  private record Port(int port) implements io.quarkus.vertx.http.HttpServer {
    @Override
    public int getPort() {
      return port;
    }

    @Override
    public int getSecurePort() {
      return -1;
    }

    @Override
    public int getManagementPort() {
      return -1;
    }

    @Override
    public URI getLocalBaseUri() {
      return URI.create("http://127.0.0.1:" + port);
    }
  }
}

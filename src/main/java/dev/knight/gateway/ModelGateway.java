package dev.knight.gateway;

import dev.knight.home.KnightHome;
import dev.knight.job.Secret;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where pi reaches the model without holding its key: {@code /model/CONVERSATION/...} on knight's
 * own port. Only conversations that are open are served, and a restart of knight closes all; the
 * tokens stay the same, so that a pi that lived on goes on once its conversation is open again.
 */
@Singleton
public final class ModelGateway implements ModelAccess {
  private static final Pattern CONVERSATION = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** pi asks one thing at a time; each question may hold 32 MiB, and a hostile agent many. */
  private static final int AT_ONCE = 8;

  private final Map<String, Semaphore> open = new ConcurrentHashMap<>();
  private final GatewayKey key;
  private final HttpServer server;
  private final Supplier<Way> way;

  /**
   * What depends on the model's settings, which a command that only asks the store need not have.
   */
  private record Way(Door door, RequestedModel models, Upstream upstream) {}

  /**
   * A gateway to the provider of {@code settings}, which is asked for them when it is first used.
   *
   * @param server knows the port
   * @throws dev.knight.job.MisconfiguredException when the home's key cannot be read or made
   */
  @Inject
  public ModelGateway(
      Provider<ModelSettings> settings, KnightHome home, HttpServer server, Vertx vertx) {
    this.key = GatewayKey.of(home);
    this.server = server;
    this.way = new Once<>(() -> way(settings.get(), vertx));
  }

  private Way way(ModelSettings settings, Vertx vertx) {
    return new Way(
        new Door(settings, this::opens),
        new RequestedModel(settings.names()),
        new Upstream(vertx, settings));
  }

  /** Serves on {@code router}, before what the dashboard's and the API's requests go through. */
  void mount(@Observes Router router) {
    router.route(Door.ROOT + "*").order(Integer.MIN_VALUE).handler(this::serve);
  }

  @Override
  public void open(String conversation) {
    if (!CONVERSATION.matcher(conversation).matches()) {
      throw new IllegalArgumentException("A conversation is letters, digits and dashes");
    }
    // What is wrong with the settings comes out here, and not on the thread that answers requests.
    var _ = way.get();
    open.putIfAbsent(conversation, new Semaphore(AT_ONCE));
  }

  @Override
  public void close(String conversation) {
    open.remove(conversation);
  }

  @Override
  public URI addressFor(String conversation) {
    int port = server.getPort();
    if (port <= 0) {
      throw new IllegalStateException("knight listens on no port yet");
    }
    return URI.create("http://127.0.0.1:" + port + Door.ROOT + conversation);
  }

  @Override
  public Secret tokenFor(String conversation) {
    return key.tokenFor(conversation);
  }

  private boolean opens(String conversation, String token) {
    return key.opens(conversation, token) && open.containsKey(conversation);
  }

  private void serve(RoutingContext pi) {
    Door door = way.get().door();
    switch (door.decide(pi.request())) {
      case Refusal refusal -> refusal.send(pi.response(), door.api(pi.request()));
      case Door.Admitted admitted -> serve(admitted, pi);
    }
  }

  private void serve(Door.Admitted admitted, RoutingContext pi) {
    Semaphore places = open.get(admitted.conversation());
    if (places == null || !places.tryAcquire()) {
      new Refusal(Refusal.Reason.RESOURCE_EXHAUSTED, "This conversation asks too much at once")
          .send(pi.response(), admitted.api());
      return;
    }
    pi.addEndHandler(_ -> places.release());
    new Exchange(way.get().upstream(), way.get().models(), admitted, pi).start();
  }
}

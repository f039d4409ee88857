package dev.knight.gateway;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import dev.knight.job.SpendListener;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where pi reaches the model without holding its key: {@code /model/CONVERSATION/...} on knight's
 * own port. Only conversations that are open are served, and a restart of knight closes all; the
 * tokens stay the same, so that a pi that lived on goes on once its conversation is open again.
 */
@Singleton
public final class ModelGateway implements ModelAccess {
  private static final Logger LOG = Logger.getLogger(ModelGateway.class);

  private static final Pattern CONVERSATION =
      Pattern.compile("([1-9][0-9]{0,17})(?:-[A-Za-z0-9-]{1,63})?");

  /** pi asks one thing at a time; each question may hold 32 MiB, and a hostile agent many. */
  private static final int AT_ONCE = 8;

  private final Map<String, Opening> open = new ConcurrentHashMap<>();
  private final Map<JobId, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Price> quoted = new ConcurrentHashMap<>();
  private final KnightHome home;
  private final GatewayKey key;
  private final HttpServer server;
  private final SpendListener listener;
  private final Supplier<Way> way;

  /**
   * What depends on the model's settings, which a command that only asks the store need not have.
   */
  private record Way(ModelSettings settings, Door door, Upstream upstream) {}

  /** A conversation that is let in. */
  private record Opening(int attempt, Allowance allowance, Account account, Semaphore places) {}

  /**
   * A gateway to the provider of {@code settings}, which is asked for them when it is first used.
   *
   * @param server knows the port
   * @param listener is told what is used
   * @throws dev.knight.job.MisconfiguredException when the home's key cannot be read or made
   */
  @Inject
  public ModelGateway(
      Provider<ModelSettings> settings,
      KnightHome home,
      HttpServer server,
      Vertx vertx,
      SpendListener listener) {
    this.listener = listener;
    this.home = home;
    this.key = GatewayKey.of(home);
    this.server = server;
    this.way = new Once<>(() -> way(settings.get(), vertx));
  }

  private Way way(ModelSettings settings, Vertx vertx) {
    return new Way(settings, new Door(settings, this::opens), new Upstream(vertx, settings));
  }

  /** Serves on {@code router}, before what the dashboard's and the API's requests go through. */
  void mount(@Observes Router router) {
    router.route(Door.ROOT + "*").order(Integer.MIN_VALUE).handler(this::serve);
  }

  @Override
  public Meter meter(JobId job) {
    return account(job);
  }

  private Account account(JobId job) {
    return accounts.computeIfAbsent(job, this::load);
  }

  private Account load(JobId job) {
    try {
      home.make(home.accounts());
      return Account.of(new AccountFile(home.account(job)), job, listener);
    } catch (IOException e) {
      throw new MisconfiguredException(
          "Cannot read what job %s has cost: knight must own its home directory".formatted(job), e);
    }
  }

  @Override
  public void open(String conversation, int attempt, Allowance allowance) {
    JobId job = job(conversation);
    // What is wrong with the settings comes out here, and not on the thread that answers requests.
    var _ = way.get();
    Account account = account(job);
    open.compute(
        conversation,
        (_, before) ->
            new Opening(
                attempt,
                allowance,
                account,
                before == null ? new Semaphore(AT_ONCE) : before.places()));
  }

  private static JobId job(String conversation) {
    Matcher name = CONVERSATION.matcher(conversation);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "A conversation is a job's number, and letters, digits and dashes after it");
    }
    return new JobId(Long.parseLong(name.group(1)));
  }

  @Override
  public void close(String conversation) {
    open.remove(conversation);
    JobId job = job(conversation);
    if (open.keySet().stream().noneMatch(other -> job(other).equals(job))) {
      accounts.remove(job); // its file has it
    }
  }

  @Override
  public void quote(String model, Price price) {
    if (price.isSane() && quoted.putIfAbsent(model, price) == null) {
      LOG.infof("model=%s Its price is the one of pi's list: %s", model, price.usual());
    }
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
  public Secret tokenFor(String conversation, int attempt) {
    return key.tokenFor(name(conversation, attempt));
  }

  /** What a token is made for; no conversation has a dot. */
  private static String name(String conversation, int attempt) {
    return conversation + "." + attempt;
  }

  private boolean opens(String conversation, String token) {
    Opening opening = open.get(conversation);
    return key.opens(name(conversation, opening == null ? 0 : opening.attempt()), token)
        && opening != null;
  }

  private void serve(RoutingContext pi) {
    Door door = way.get().door();
    switch (door.decide(pi.request())) {
      case Refusal refusal -> refusal.send(pi.response(), door.api(pi.request()));
      case Door.Admitted admitted -> serve(admitted, pi);
    }
  }

  private void serve(Door.Admitted admitted, RoutingContext pi) {
    Opening opening = open.get(admitted.conversation());
    if (opening == null || !opening.places().tryAcquire()) {
      new Refusal(Refusal.Reason.RESOURCE_EXHAUSTED, "This conversation asks too much at once")
          .send(pi.response(), admitted.api());
      return;
    }
    pi.addEndHandler(_ -> opening.places().release());
    Upstream upstream = way.get().upstream();
    new Exchange(upstream, body -> admit(admitted, opening, body), admitted, pi).start();
  }

  private Account.Admission admit(Door.Admitted admitted, Opening opening, byte[] body) {
    ModelSettings settings = way.get().settings();
    @Nullable String named = admitted.api().modelIn(admitted.path());
    return switch (RequestBody.read(admitted.api(), named, settings.names(), body)) {
      case Refusal refusal -> new Account.Refused(refusal);
      case Question question -> {
        Optional<Price> price = price(settings, opening.account(), question.model());
        Account.Admission admission =
            opening.account().admit(admitted.conversation(), question, price, opening.allowance());
        if (admission instanceof Account.Refused(Refusal refusal)) {
          LOG.infof(
              "conversation=%s The model is not asked: %s",
              admitted.conversation(), refusal.message());
        }
        yield admission;
      }
    };
  }

  /** The operator's, or what pi said first, in this life of the service or an earlier one. */
  private Optional<Price> price(ModelSettings settings, Account account, String model) {
    return settings
        .price(model)
        .or(() -> account.price(model))
        .or(() -> Optional.ofNullable(quoted.get(model)));
  }
}

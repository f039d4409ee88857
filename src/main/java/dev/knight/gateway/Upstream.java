package dev.knight.gateway;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the provider, in knight's name. Certificates are checked; no redirect is followed. */
final class Upstream {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** More than all conversations together may ask at once; the pool's default is 5. */
  private static final int CONNECTIONS = 256;

  /** How often connections that nobody uses are looked for; by default it is each second. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** What of pi's own headers the provider may see: no token, cookie or forwarding gets in here. */
  private static final List<String> HEADERS =
      List.of(
          "accept",
          "content-type",
          "user-agent",
          "anthropic-version",
          "anthropic-beta",
          "x-goog-api-client",
          "session-id",
          "session_id",
          "x-session-id",
          "x-session-affinity",
          "x-client-request-id");

  private final HttpClient client;
  private final String address;
  private final Optional<Secret> apiKey;
  private final Redactor redactor;
  private final Duration idle;

  Upstream(Vertx vertx, ModelSettings settings) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(Math.toIntExact(CONNECT.toMillis())),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS)
                .setCleanerPeriod(Math.toIntExact(SWEEP.toMillis())));
    this.address = settings.address();
    this.apiKey = settings.apiKey();
    this.redactor = new Redactor(new KnownSecrets(apiKey.stream().toArray(Secret[]::new)));
    this.idle = settings.idle();
  }

  /** A connected request, ready for its body. */
  Future<HttpClientRequest> request(Door.Admitted admitted, HttpServerRequest pi) {
    Api api = admitted.api();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    HEADERS.forEach(name -> headers.add(name, pi.headers().getAll(name)));
    // What is compressed could not be searched for the key.
    headers.set("accept-encoding", "identity");
    apiKey.ifPresent(key -> headers.set(api.keyHeader(), api.keyValue(key)));
    return client.request(
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(address + admitted.path() + query(api, pi))
            .setHeaders(headers)
            .setIdleTimeout(idle.toMillis()));
  }

  /** What must be taken out of an answer of the provider. */
  Redaction redaction() {
    return new Redaction(redactor);
  }

  private static String query(Api api, HttpServerRequest pi) {
    String sent = pi.query() == null ? "" : pi.query();
    String query =
        Stream.of(sent.split("&", 20))
            .filter(api.parameters()::contains)
            .distinct()
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }
}

package dev.knight.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides by a request's head alone whether its body is looked at. */
final class Door {
  /** What every path here starts with. */
  static final String ROOT = "/model/";

  private static final String BEARER = "Bearer ";

  /** What the door says. */
  sealed interface Decision permits Admitted, Refusal {}

  /**
   * Come in.
   *
   * @param conversation whose token it bears
   * @param api how it asks
   * @param path what comes after the conversation; one of the api's own
   */
  record Admitted(String conversation, Api api, String path) implements Decision {}

  private final Map<String, Api> paths = new HashMap<>();
  private final Api usual;
  private final BiPredicate<String, String> opens;

  /**
   * A door.
   *
   * @param opens whether a conversation, given first, is open and a token is its own
   */
  Door(ModelSettings settings, BiPredicate<String, String> opens) {
    Provider provider = Provider.of(settings.provider());
    provider
        .apis()
        .forEach(api -> api.paths(settings.names()).forEach(path -> paths.put(path, api)));
    this.usual = provider.apis().getFirst();
    this.opens = opens;
  }

  Decision decide(HttpServerRequest request) {
    if (!isLocal(request.authority())) {
      // A page that a browser was lured into by DNS rebinding names its own host here.
      return forbidden("The gateway answers to this machine's own names only");
    }
    String conversation = conversation(request);
    if (tokens(request).noneMatch(token -> opens.test(conversation, token))) {
      return new Refusal(
          Refusal.Reason.UNAUTHENTICATED, "No open conversation of knight has this token");
    }
    String path = path(request);
    Api api = paths.get(path);
    if (api == null || !request.method().equals(HttpMethod.POST)) {
      return forbidden("Only completions by the configured models pass this gateway");
    }
    return new Admitted(conversation, api, path);
  }

  /** In whose words {@code request} is to be refused. */
  Api api(HttpServerRequest request) {
    return paths.getOrDefault(path(request), usual);
  }

  private static boolean isLocal(@Nullable HostAndPort authority) {
    return authority != null && Loopback.is(authority.host());
  }

  /** Where pi puts its token: one header for each kind of provider. */
  private static Stream<String> tokens(HttpServerRequest request) {
    return Stream.concat(
        request.headers().getAll("authorization").stream()
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length())),
        Stream.of("x-api-key", "x-goog-api-key")
            .flatMap(name -> request.headers().getAll(name).stream()));
  }

  private static String conversation(HttpServerRequest request) {
    String path = afterRoot(request);
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static String path(HttpServerRequest request) {
    String path = afterRoot(request);
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(slash);
  }

  /** Of the path as it was sent: what is served needs no decoding. */
  private static String afterRoot(HttpServerRequest request) {
    String path = request.path();
    return path != null && path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
  }

  private static Refusal forbidden(String message) {
    return new Refusal(Refusal.Reason.PERMISSION_DENIED, message);
  }
}

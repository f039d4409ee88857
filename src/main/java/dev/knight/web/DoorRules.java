package dev.knight.web;

import dev.knight.api.ApiToken;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in. A page that a person has open in a browser can reach the loopback address too,
 * so a request must name a host that is ours (or a name could be pointed at us), come from no other
 * page, and show the token.
 *
 * @param configuredHost the name or address that the service listens on
 * @param publicUrl how a proxy in front of it is reached, if there is one
 * @param token what a client shows
 * @param metricsToken what is good for reading the metrics, besides
 */
public record DoorRules(
    String configuredHost,
    Optional<URI> publicUrl,
    ApiToken token,
    Optional<ApiToken> metricsToken) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The model gateway: it has a token of its own for each job. */
  private static final String OTHER_TOKENS = "/model/";

  /** Whether knight is well: no secret, and what asks has no place to keep a token. */
  private static final Set<String> HEALTH =
      Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

  private static final String METRICS = "/q/metrics";

  private static final String BEARER = "Bearer ";

  /** The status of who shows no token, or a wrong one. */
  static final int WRONG_TOKEN = 401;

  /** The longest request has a text of some thousand characters. */
  private static final int LONGEST = 256 * 1024;

  /**
   * A request as the rules see it.
   *
   * @param method in upper case
   * @param path as it is routed: without dots and the query
   * @param host the header, or what stands for it
   */
  record Visit(
      String method,
      String path,
      Optional<String> host,
      Optional<String> origin,
      Optional<String> fetchSite,
      Optional<String> authorization,
      Optional<String> contentType,
      Optional<String> contentLength) {}

  /**
   * Why a visitor may not come in.
   *
   * @param status the HTTP status of the answer
   */
  record Refusal(int status, String sentence) {}

  /** Why {@code visit} may not come in, or empty if it may. */
  Optional<Refusal> refusal(Visit visit) {
    if (visit.host().filter(this::isOurs).isEmpty()) {
      return refused(403, "The Host header names no host that this knight answers for");
    }
    if (isFromAnotherPage(visit)) {
      return refused(403, "Requests from other web pages are not answered");
    }
    if (visit.path().startsWith(OTHER_TOKENS) && !visit.path().contains("..")) {
      return Optional.empty();
    }
    if (visit.method().equals("GET") && HEALTH.contains(visit.path())) {
      return Optional.empty();
    }
    if (visit.authorization().filter(shown -> isToken(shown, visit)).isEmpty()) {
      return refused(WRONG_TOKEN, "Show the token of $KNIGHT_HOME/api-token as a bearer token");
    }
    if (visit.method().equals("GET")) {
      return Optional.empty();
    }
    if (!visit.method().equals("POST")) {
      return refused(405, "Only GET and POST are answered");
    }
    if (visit.contentType().filter(DoorRules::isJson).isEmpty()) {
      return refused(415, "Send JSON, with Content-Type: application/json");
    }
    if (visit.contentLength().isEmpty()) {
      return refused(411, "Say how long the request is, with Content-Length");
    }
    if (visit.contentLength().filter(DoorRules::isShort).isEmpty()) {
      return refused(413, "A request may have %d bytes".formatted(LONGEST));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refused(int status, String sentence) {
    return Optional.of(new Refusal(status, sentence));
  }

  private boolean isOurs(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name)
        || name.equals(configuredHost.toLowerCase(Locale.ROOT))
        || publicUrl.map(URI::getHost).filter(name::equalsIgnoreCase).isPresent();
  }

  /** A port tells nothing here: it may be another one on the far side of a container's border. */
  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isShort(String length) {
    return length.matches("\\d{1,7}") && Integer.parseInt(length) <= LONGEST;
  }

  private boolean isFromAnotherPage(Visit visit) {
    boolean otherOrigin =
        visit
            .origin()
            .filter(it -> !it.equals("http://" + visit.host().orElse("")))
            .filter(it -> publicUrl.map(DoorRules::origin).filter(it::equals).isEmpty())
            .isPresent();
    boolean otherSite =
        visit
            .fetchSite()
            .filter(site -> !site.equals("same-origin") && !site.equals("none"))
            .isPresent();
    return otherOrigin || otherSite;
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private boolean isToken(String authorization, Visit visit) {
    if (!authorization.startsWith(BEARER)) {
      return false;
    }
    String shown = authorization.substring(BEARER.length());
    boolean readsMetrics = visit.method().equals("GET") && visit.path().equals(METRICS);
    return token.matches(shown)
        || (readsMetrics && metricsToken.filter(it -> it.matches(shown)).isPresent());
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    return type.equalsIgnoreCase("application/json");
  }
}

package dev.knight.web;

import dev.knight.api.ApiToken;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may come in. A page that a person has open in a browser can reach the loopback address too,
 * so a request must name a host that is ours (or a name could be pointed at us), come from no other
 * page, and show the token, or the cookie of a browser that was let in.
 *
 * @param configuredHost the name or address that the service listens on
 * @param publicUrl how a proxy in front of it is reached, if there is one
 * @param token what a client shows
 * @param metricsToken what is good for reading the metrics, besides
 * @param logins the browsers that were let in
 */
public record DoorRules(
    String configuredHost,
    Optional<URI> publicUrl,
    ApiToken token,
    Optional<ApiToken> metricsToken,
    Logins logins) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The model gateway: it has a token of its own for each job. */
  private static final String OTHER_TOKENS = "/model/";

  /** Whether knight is well: no secret, and what asks has no place to keep a token. */
  private static final Set<String> HEALTH =
      Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

  private static final String METRICS = "/q/metrics";

  /** Where a browser comes in with a word that is good once; from wherever it was led there. */
  static final String WAY_IN = "/open";

  /** What a page looks like is no secret. */
  private static final Pattern LOOKS = Pattern.compile("/assets/[a-z]+\\.[0-9a-f]{16}\\.[a-z]+");

  private static final List<String> NO_PAGES = List.of("/api/", "/q/", OTHER_TOKENS);

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
   * @param cookie what it says in {@link LoginCookie}
   */
  record Visit(
      String method,
      String path,
      Optional<String> host,
      Optional<String> origin,
      Optional<String> fetchSite,
      Optional<String> authorization,
      Optional<String> cookie,
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
    if (visit.path().equals(WAY_IN) && visit.method().equals("GET")) {
      return Optional.empty();
    }
    if (isFromAnotherPage(visit)) {
      return refused(403, "Requests from other web pages are not answered");
    }
    if (visit.path().startsWith(OTHER_TOKENS) && !visit.path().contains("..")) {
      return Optional.empty();
    }
    boolean gets = visit.method().equals("GET");
    if (gets && (HEALTH.contains(visit.path()) || LOOKS.matcher(visit.path()).matches())) {
      return Optional.empty();
    }
    boolean showsToken = visit.authorization().filter(shown -> isToken(shown, visit)).isPresent();
    if (!showsToken && visit.cookie().filter(logins::isIn).isEmpty()) {
      return refused(
          WRONG_TOKEN,
          isPage(visit.path())
              ? "This browser is not logged in. Run: knight open"
              : "Show the token of $KNIGHT_HOME/api-token as a bearer token");
    }
    if (gets) {
      return Optional.empty();
    }
    if (!visit.method().equals("POST")) {
      return refused(405, "Only GET and POST are answered");
    }
    if (!showsToken && !saysThatItIsFromHere(visit)) {
      return refused(403, "A browser must say that it comes from a page of knight's");
    }
    boolean isForm =
        isPage(visit.path()) && visit.contentType().filter(DoorRules::isForm).isPresent();
    if (!isForm && visit.contentType().filter(DoorRules::isJson).isEmpty()) {
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

  /** Whether a person in a browser may look at what is at {@code path}, and not a program. */
  static boolean isPage(String path) {
    return NO_PAGES.stream().noneMatch(path::startsWith);
  }

  /** Whether what is sent to {@code authority} travels encrypted. */
  boolean isEncrypted(String authority) {
    return publicUrl
        .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
        .map(URI::getRawAuthority)
        .filter(authority::equalsIgnoreCase)
        .isPresent();
  }

  private static Optional<Refusal> refused(int status, String sentence) {
    return Optional.of(new Refusal(status, sentence));
  }

  private boolean isOurs(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name)
        || isConfigured(name)
        || publicUrl.map(URI::getHost).filter(name::equalsIgnoreCase).isPresent();
  }

  /** An IPv6 address stands in brackets there, and can be written in several ways. */
  private boolean isConfigured(String name) {
    return name.startsWith("[")
        ? address(name).flatMap(named -> address(configuredHost).filter(named::equals)).isPresent()
        : name.equalsIgnoreCase(configuredHost);
  }

  private static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
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

  /** Its origin, or its site, has been compared by now: it is ours if it is there. */
  private static boolean saysThatItIsFromHere(Visit visit) {
    return visit.origin().isPresent()
        || visit.fetchSite().filter("same-origin"::equals).isPresent();
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
    return type(contentType).equalsIgnoreCase("application/json");
  }

  private static boolean isForm(String contentType) {
    return type(contentType).equalsIgnoreCase("application/x-www-form-urlencoded");
  }

  private static String type(String contentType) {
    return contentType.split(";", 2)[0].strip();
  }
}

package dev.knight.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST interface: from a request to the answer that GitHub would give. */
final class RestSite {
  private static final Pattern BY_NUMBER = Pattern.compile("/repositories/([0-9]{1,18})(/.*)?");
  private static final Pattern BY_NAME =
      Pattern.compile("/repos/([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)(/.*)?");
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?:bearer|token) +(\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> VERSIONS = Set.of("", "2022-11-28", "2026-03-10");

  private final World world;
  private final Urls urls;
  private final RateLimits limits;
  private final List<Route> routes;

  RestSite(World world, Urls urls, RateLimits limits) {
    this.world = world;
    this.urls = urls;
    this.limits = limits;
    List<Route> all = new ArrayList<>(new RepositoryRoutes(urls, limits).routes());
    all.addAll(new IssueRoutes(urls).routes());
    all.addAll(new ReactionRoutes(urls).routes());
    all.addAll(new ReviewRoutes(urls).routes());
    all.addAll(new PullRoutes(urls).routes());
    all.addAll(new TriageRoutes(urls).routes());
    all.addAll(new GraphRoutes().routes());
    all.addAll(new CheckRoutes(urls).routes());
    all.addAll(new AppRoutes(urls).routes());
    this.routes = List.copyOf(all);
  }

  /** The answer to a request, quota and ETag included. */
  Answer answer(WireRequest request, String path) {
    synchronized (world) {
      Optional<Token> token = token(request);
      Answer answer = decided(request, path, token);
      Optional<String> tag = tag(request, answer);
      boolean held = tag.isPresent() && ETags.held(request, tag.get());
      boolean free = held || path.equals("/rate_limit") || token.isEmpty();
      String login = token.map(known -> known.account().login()).orElse("");
      RateLimits.Window window = free ? limits.window(login) : limits.charge(login);
      if (held) {
        answer = new Answer(304, MissingNode.getInstance(), answer.headers());
      }
      for (Map.Entry<String, String> header : window.headers().entrySet()) {
        answer = answer.with(header.getKey(), header.getValue());
      }
      if (token.isPresent() && token.get().right().hasScopes()) {
        answer = answer.with("x-oauth-scopes", token.get().right().isWhole() ? "repo" : "");
      }
      return tag.isPresent() ? answer.with("etag", tag.get()) : answer;
    }
  }

  /** Whose token a request carries. */
  String login(WireRequest request) {
    return token(request).map(token -> token.account().login()).orElse("");
  }

  private Optional<Token> token(WireRequest request) {
    Matcher credential = CREDENTIAL.matcher(request.header("authorization"));
    return credential.matches() ? world.token(credential.group(1)) : Optional.empty();
  }

  private Answer decided(WireRequest request, String path, Optional<Token> token) {
    try {
      mustBeProper(request, token);
      boolean exhausted =
          token.isPresent() && limits.window(token.get().account().login()).exhausted();
      if (exhausted && !path.equals("/rate_limit")) {
        throw RateLimits.refusal();
      }
      return routed(request, path, token);
    } catch (ApiError refusal) {
      return refusal.answer();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void mustBeProper(WireRequest request, Optional<Token> token) {
    if (request.header("user-agent").isEmpty()) {
      throw ApiError.of(403, "Request forbidden by administrative rules.");
    }
    if (!VERSIONS.contains(request.header("x-github-api-version"))) {
      throw ApiError.of(400, "Unsupported API version");
    }
    if (token.isEmpty() && !request.header("authorization").isEmpty()) {
      throw ApiError.of(401, "Bad credentials");
    }
  }

  private Answer routed(WireRequest request, String asked, Optional<Token> token)
      throws IOException {
    String path = named(asked);
    Optional<Answer> moved = moved(request, path);
    if (moved.isPresent()) {
      return moved.get();
    }
    for (Route route : routes) {
      Optional<Map<String, String>> parts =
          route.method().equals(request.method()) ? route.parts(path) : Optional.empty();
      if (parts.isPresent()) {
        Call call =
            new Call(world, token, path, parts.get(), query(request.query()), body(request));
        return route.endpoint().answer(call);
      }
    }
    throw ApiError.notFound();
  }

  /** GitHub leads from a repository's old name to its number: 307 keeps the method of a write. */
  private Optional<Answer> moved(WireRequest request, String path) {
    Matcher byName = BY_NAME.matcher(path);
    Optional<Long> id =
        byName.matches()
            ? Repositories.name(byName.group(1), byName.group(2)).flatMap(world::moved)
            : Optional.empty();
    return id.map(number -> {
      String rest = byName.group(3) == null ? "" : byName.group(3);
      String query = request.query().isEmpty() ? "" : "?" + request.query();
      String url = urls.api() + "/repositories/" + number + rest + query;
      boolean read = request.method().equals("GET");
      return ApiError.of(read ? 301 : 307, "Moved Permanently").answer().with("location", url);
    });
  }

  /** The path by name where it was asked for by the repository's number, as in links. */
  private String named(String path) {
    Matcher byNumber = BY_NUMBER.matcher(path);
    if (!byNumber.matches()) {
      return path;
    }
    String rest = byNumber.group(2) == null ? "" : byNumber.group(2);
    return world
        .repository(Long.parseLong(byNumber.group(1)))
        .map(repository -> "/repos/" + repository.name() + rest)
        .orElse(path);
  }

  private static JsonNode body(WireRequest request) throws IOException {
    try {
      JsonNode body = Json.read(request.content().readAllBytes());
      if (!body.isMissingNode() && !body.isObject()) {
        throw ApiError.of(400, "Body should be a JSON object");
      }
      return body;
    } catch (JsonProcessingException broken) {
      throw ApiError.of(400, "Problems parsing JSON");
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Optional<String> tag(WireRequest request, Answer answer) {
    boolean tagged = request.method().equals("GET") && answer.status() == 200;
    return tagged ? Optional.of(ETags.of(request, answer.bytes())) : Optional.empty();
  }
}

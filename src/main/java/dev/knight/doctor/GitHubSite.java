package dev.knight.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.knight.doctor.Web.Ask;
import dev.knight.doctor.Web.Reply;
import dev.knight.github.GitHubSettings;
import dev.knight.github.TokenSource;
import dev.knight.hygiene.PlainText;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** One GitHub, asked with one token: every answer as it comes, headers and all. */
public final class GitHubSite {
  private static final int LONGEST = 200;

  private final Web web;
  private final GitHubSettings settings;
  private final TokenSource tokens;
  private final ObjectMapper json = new ObjectMapper();

  /** Nothing is asked yet. */
  public GitHubSite(Web web, GitHubSettings settings, TokenSource tokens) {
    this.web = web;
    this.settings = settings;
    this.tokens = tokens;
  }

  /**
   * What kind of token it is asked with.
   *
   * @throws dev.knight.job.MisconfiguredException when there is none
   */
  TokenKind kind() {
    return TokenKind.of(tokens.token());
  }

  /** Who acts with it, where GitHub does not say it of the token itself. */
  Optional<String> login() {
    return tokens.login();
  }

  /** Where its API is. */
  URI api() {
    return settings.apiUrl();
  }

  /** A page of it for people. */
  String page(String path) {
    return settings.apiUrl().getScheme() + "://" + settings.webAuthority() + path;
  }

  Reply get(String path) throws IOException {
    return web.send(Ask.get(URI.create(settings.apiUrl() + path), headers()));
  }

  /**
   * What is asked for with an empty object, which makes nothing: whether it might is the answer.
   */
  Reply tryToMake(String path) throws IOException {
    return web.send(Ask.post(URI.create(settings.apiUrl() + path), headers(), "{}"));
  }

  /** As {@link #get}, following one redirect to the same GitHub: that of a renamed repository. */
  Reply follow(String path) throws IOException {
    Reply reply = get(path);
    boolean isMoved = reply.status() == 301 || reply.status() == 302 || reply.status() == 307;
    if (!isMoved) {
      return reply;
    }
    URI target = URI.create(settings.apiUrl() + path).resolve(reply.header("location").orElse(""));
    boolean isHere =
        settings.apiUrl().getScheme().equals(target.getScheme())
            && settings.apiUrl().getRawAuthority().equals(target.getRawAuthority());
    return isHere ? web.send(Ask.get(target, headers())) : reply;
  }

  /** What git is answered that wants to push: nothing is sent. */
  Reply offerToPush(RepositoryName repository) throws IOException {
    String login = "x-access-token:" + tokens.token().reveal();
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    URI place = URI.create(page("/" + repository + ".git/info/refs?service=git-receive-pack"));
    return web.send(
        Ask.get(
            place,
            Map.of(
                "Authorization", "Basic " + basic, "User-Agent", "git/" + settings.userAgent())));
  }

  /** The JSON of {@code reply}; a missing node if it is none. */
  JsonNode json(Reply reply) {
    try {
      return json.readTree(reply.body());
    } catch (JsonProcessingException page) {
      return MissingNode.getInstance();
    }
  }

  /** What {@code reply} says went wrong. */
  String message(Reply reply) {
    String said = PlainText.line(json(reply).path("message").asText(""));
    return said.isEmpty()
        ? "status " + reply.status()
        : "status %d, %s"
            .formatted(reply.status(), said.substring(0, Math.min(LONGEST, said.length())));
  }

  private Map<String, String> headers() {
    return Map.of(
        "Accept",
        "application/vnd.github+json",
        "Authorization",
        "Bearer " + tokens.token().reveal(),
        "User-Agent",
        settings.userAgent(),
        "X-GitHub-Api-Version",
        "2022-11-28");
  }
}

package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's published OpenAPI description as a judge of exchanges: of each request that knight makes
 * and each answer that the stand-in gives. Hand it to {@link StandInGitHub#observe} and ask {@link
 * #assertNoViolations} at the end.
 */
public final class GitHubDescription implements Consumer<Exchange> {
  private static final String PROPERTY = "test.openapi";
  private static final String VARIABLE = "KNIGHT_TEST_OPENAPI";
  private static final String REPOSITORY = "/repos/{owner}/{repo}";

  private static final String ONE = "/repos/some/one";
  private static final Pattern BY_NUMBER = Pattern.compile("^/repositories/[0-9]+");
  private static final Pattern BRANCH = Pattern.compile("(/branches/|/git/ref/)(.+)$");

  /** What knight may use. A request to another path is a violation. */
  private static final List<String> PATHS =
      List.of(
          "/user",
          "/user/repos",
          "/installation/repositories",
          "/users/{username}",
          "/app",
          "/app/installations/{installation_id}/access_tokens",
          "/rate_limit",
          "/meta",
          "/issues",
          REPOSITORY,
          REPOSITORY + "/issues",
          REPOSITORY + "/issues/{issue_number}",
          REPOSITORY + "/issues/comments",
          REPOSITORY + "/issues/comments/{comment_id}",
          REPOSITORY + "/issues/{issue_number}/comments",
          REPOSITORY + "/issues/{issue_number}/reactions",
          REPOSITORY + "/issues/comments/{comment_id}/reactions",
          REPOSITORY + "/pulls/comments/{comment_id}/reactions",
          REPOSITORY + "/pulls",
          REPOSITORY + "/pulls/{pull_number}",
          REPOSITORY + "/pulls/comments",
          REPOSITORY + "/pulls/comments/{comment_id}",
          REPOSITORY + "/pulls/{pull_number}/comments",
          REPOSITORY + "/pulls/{pull_number}/comments/{comment_id}/replies",
          REPOSITORY + "/pulls/{pull_number}/reviews",
          REPOSITORY + "/pulls/{pull_number}/requested_reviewers",
          REPOSITORY + "/issues/{issue_number}/labels",
          REPOSITORY + "/labels/{name}",
          REPOSITORY + "/collaborators/{username}/permission",
          REPOSITORY + "/branches/{branch}",
          REPOSITORY + "/git/ref/{ref}",
          REPOSITORY + "/contents/{path}",
          REPOSITORY + "/commits/{ref}/status",
          REPOSITORY + "/commits/{ref}/check-runs",
          REPOSITORY + "/check-runs/{check_run_id}/annotations",
          REPOSITORY + "/rules/branches/{branch}",
          REPOSITORY + "/actions/runs",
          REPOSITORY + "/actions/runs/{run_id}/jobs",
          REPOSITORY + "/actions/runs/{run_id}/rerun-failed-jobs",
          REPOSITORY + "/actions/jobs/{job_id}/logs");

  private final List<String> violations = new ArrayList<>();

  private GitHubDescription() {}

  /** Read once for each JVM: it takes seconds. */
  private static final class Loaded {
    private static final OpenApiInteractionValidator VALIDATOR =
        OpenApiInteractionValidator.createForInlineApiSpecification(part(whole()).toString())
            .withLevelResolver(
                LevelResolver.create().withDefaultLevel(ValidationReport.Level.ERROR).build())
            .build();
  }

  /**
   * A judge that has seen nothing yet.
   *
   * @throws ExceptionInInitializerError if the description is not there: without it a green test
   *     would prove nothing
   */
  public static GitHubDescription load() {
    if (Loaded.VALIDATOR == null) {
      throw new IllegalStateException("GitHub's description was not loaded");
    }
    return new GitHubDescription();
  }

  @Override
  public void accept(Exchange exchange) {
    if (exchange.path().equals("/graphql")) {
      return; // It has a description of its own, and the stand-in knows each document by heart.
    }
    List<String> found = new ArrayList<>();
    if (!exchange.injected()) {
      found.addAll(wrongAnswer(exchange));
    }
    found.addAll(messages(Loaded.VALIDATOR.validateRequest(request(exchange))));
    synchronized (violations) {
      found.forEach(one ->
          violations.add(
              exchange.method() + " " + exchange.path() + " -> " + exchange.status() + ": " + one));
    }
  }

  /** What was wrong so far. */
  public List<String> violations() {
    synchronized (violations) {
      return List.copyOf(violations);
    }
  }

  /** Fails if anything was wrong so far. */
  public void assertNoViolations() {
    assertThat(violations()).as("violations of GitHub's description").isEmpty();
  }

  private List<String> wrongAnswer(Exchange exchange) {
    String body = exchange.responseBody();
    if (exchange.status() == 304) {
      return body.isEmpty() ? List.of() : List.of("a 304 has no body");
    }
    SimpleResponse.Builder response = SimpleResponse.Builder.status(exchange.status());
    exchange.responseHeaders().forEach(response::withHeader);
    if (!body.isEmpty()) {
      response.withBody(body);
    }
    Request.Method method = Request.Method.valueOf(exchange.method());
    ValidationReport report =
        Loaded.VALIDATOR.validateResponse(path(exchange), method, response.build());
    boolean undescribed =
        report.getMessages().stream()
            .anyMatch(message -> message.getKey().equals("validation.response.status.unknown"));
    return exchange.status() >= 400 && undescribed ? wrongError(body) : messages(report);
  }

  /** The description leaves out many errors that GitHub gives; all have the same shape. */
  private static List<String> wrongError(String body) {
    JsonNode error = Json.read(body);
    boolean proper = error.path("message").isTextual() && error.has("documentation_url");
    return proper ? List.of() : List.of("an error without message: " + body);
  }

  private static SimpleRequest request(Exchange exchange) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(exchange.method(), path(exchange));
    exchange.requestHeaders().forEach((name, value) -> request.withHeader(name, plain(value)));
    for (String pair : exchange.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        request.withQueryParam(
            decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    if (!exchange.requestBody().isEmpty()) {
      request.withBody(exchange.requestBody());
    }
    return request.build();
  }

  /** GitHub's own media type is described as the plain one. */
  private static String plain(String header) {
    return header.replace("application/vnd.github+json", "application/json");
  }

  /** A branch's slashes are part of one parameter, and links name repositories by number. */
  private static String path(Exchange exchange) {
    Matcher branch = BRANCH.matcher(BY_NUMBER.matcher(exchange.path()).replaceFirst(ONE));
    return branch.replaceFirst(found -> found.group(1) + found.group(2).replace("/", "%2F"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static List<String> messages(ValidationReport report) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(message -> message.getKey() + " " + message.getMessage())
        .toList();
  }

  private static JsonNode whole() {
    String file =
        Optional.ofNullable(System.getProperty(PROPERTY))
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
            .orElseThrow(() ->
                new IllegalStateException(
                    "GitHub's OpenAPI description is needed: let %s or %s name api.github.com.json of the npm package @octokit/openapi"
                        .formatted(PROPERTY, VARIABLE)));
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(Path.of(file)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The needed paths and all that they refer to: the whole has 811 paths and takes long. */
  private static JsonNode part(JsonNode whole) {
    ObjectNode part = Json.object();
    part.set("openapi", whole.path("openapi"));
    part.set("info", whole.path("info"));
    ObjectNode paths = part.putObject("paths");
    Deque<JsonNode> unread = new ArrayDeque<>();
    for (String path : PATHS) {
      JsonNode described = whole.path("paths").path(path);
      assertThat(described.isObject()).as("GitHub's description of " + path).isTrue();
      paths.set(path, described);
      unread.add(described);
    }
    Set<String> seen = new HashSet<>();
    while (!unread.isEmpty()) {
      JsonNode node = unread.removeFirst();
      for (JsonNode ref : node.findValues("$ref")) {
        String name = ref.asText();
        if (seen.add(name)) {
          unread.add(copy(whole, part, name));
        }
      }
    }
    part.findParents("discriminator").forEach(GitHubDescription::forgetDiscriminator);
    part.findParents("allOf").forEach(GitHubDescription::takeFirst);
    return part;
  }

  /** GitHub's discriminators name members that are not required; the validator refuses those. */
  private static void forgetDiscriminator(JsonNode schema) {
    ((ObjectNode) schema).remove("discriminator");
  }

  /** An issue "and suggestions": the validator, strict about unknown members, cannot say "and". */
  private static void takeFirst(JsonNode schema) {
    JsonNode first = schema.path("allOf").path(0);
    ((ObjectNode) schema).removeAll().setAll((ObjectNode) first);
  }

  private static JsonNode copy(JsonNode whole, ObjectNode part, String ref) {
    JsonPointer pointer = JsonPointer.compile(ref.substring(1));
    JsonNode target = whole.at(pointer);
    ObjectNode parent = part;
    JsonPointer at = pointer;
    while (at.tail() != null && !at.tail().matches()) {
      parent = parent.withObjectProperty(at.getMatchingProperty());
      at = at.tail();
    }
    parent.set(at.getMatchingProperty(), target);
    return target;
  }
}

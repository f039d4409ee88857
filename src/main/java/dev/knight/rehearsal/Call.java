package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * One request to an endpoint, with the checks that all endpoints share. What is asked for and not
 * allowed is an {@link ApiError}.
 *
 * @param path as it was asked for, for links to further pages
 */
record Call(
    World world,
    Optional<Token> token,
    String path,
    Map<String, String> parts,
    Map<String, String> query,
    JsonNode body) {
  private static final long NO_NUMBER = -1;

  /** Who asks; nobody is a 401. */
  Account caller() {
    return token.map(Token::account).orElseThrow(() -> ApiError.of(401, "Requires authentication"));
  }

  /** Who asks, who is no App. */
  Account person() {
    Account caller = caller();
    if (!token.orElseThrow().right().isPersonal()) {
      throw ApiError.of(403, "Resource not accessible by integration");
    }
    return caller;
  }

  /** The repository that the path names, if the caller may see it. */
  HostedRepository repository() {
    HostedRepository repository = named().orElseThrow(ApiError::notFound);
    Permission permission =
        token
            .map(known -> repository.permission(known.account()))
            .orElse(repository.hidden() ? Permission.NONE : Permission.READ);
    if (!permission.includes(Permission.READ)) {
      throw ApiError.notFound();
    }
    return repository;
  }

  /** The repository, for a caller who wants to write into its conversations. */
  HostedRepository writable(String permission) {
    Account caller = caller();
    HostedRepository repository = repository();
    boolean readOnly = token.orElseThrow().right() == TokenRight.READ;
    if (readOnly || !repository.permission(caller).includes(Permission.READ)) {
      throw ApiError.lacking(permission);
    }
    if (repository.archived()) {
      throw ApiError.archived();
    }
    return repository;
  }

  /** The issue or pull request that the path names. */
  Issue issue() {
    long number = number("number");
    if (repository().wasDeleted(number)) {
      throw ApiError.of(410, "This issue was deleted");
    }
    return repository().issue(number).orElseThrow(ApiError::notFound);
  }

  /** The pull request that the path names. */
  Issue pull() {
    Issue issue = issue();
    if (issue.pull().isEmpty()) {
      throw ApiError.notFound();
    }
    return issue;
  }

  /** A part of the path that is a number; another text is found nowhere. */
  long number(String part) {
    String text = parts.getOrDefault(part, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : NO_NUMBER;
  }

  String part(String name) {
    return parts.getOrDefault(name, "");
  }

  String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  /** The inclusive lower bound of {@code since}; the beginning of time without one. */
  Instant since() {
    String since = query("since", "1970-01-01T00:00:00Z");
    try {
      return OffsetDateTime.parse(since.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException broken) {
      throw ApiError.of(422, "Invalid since: " + since);
    }
  }

  /** A text of the body that must be there. */
  String text(String field) {
    JsonNode value = body.path(field);
    if (!value.isTextual()) {
      throw ApiError.notSupplied(field);
    }
    return value.asText();
  }

  /** A text of the body that may be missing. */
  Optional<String> given(String field) {
    return Optional.of(body.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private Optional<HostedRepository> named() {
    return Repositories.name(part("owner"), part("repo")).flatMap(world::repository);
  }
}

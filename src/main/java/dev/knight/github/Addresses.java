package dev.knight.github;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The addresses of the API. Whatever is not knight's own word is encoded. */
record Addresses(URI api) {

  /** Where GraphQL is answered: beside {@code /v3} on an enterprise server, below the API else. */
  URI graph() {
    String root = api.toString();
    String base = root.endsWith("/api/v3") ? root.substring(0, root.length() - 3) : root;
    return URI.create((base.endsWith("/") ? base : base + "/") + "graphql");
  }

  URI user() {
    return at("/user");
  }

  /** The repositories that the token's account has a right on, the last pushed to first. */
  URI own() {
    return at(
        "/user/repos?affiliation=owner,collaborator,organization_member&sort=pushed&per_page="
            + Page.FULL);
  }

  /** Somebody, or a program. */
  URI user(String login) {
    return at("/users/" + encoded(login));
  }

  /** The GitHub App that asks. */
  URI app() {
    return at("/app");
  }

  /** Where an installation of a GitHub App has its tokens made. */
  URI installationToken(long installation) {
    return at("/app/installations/" + installation + "/access_tokens");
  }

  /** The repositories that the GitHub App is installed on. */
  URI installed() {
    return at("/installation/repositories?per_page=" + Page.FULL);
  }

  URI repository(RepositoryName name) {
    return at("/repos/" + name);
  }

  /** {@code path} in a repository; it starts with a slash. */
  URI in(RepositoryName name, String path) {
    return at("/repos/" + name + path);
  }

  /** {@code path} below an issue; empty for the issue itself. */
  URI issue(Subject subject, String path) {
    return in(subject.repository(), "/issues/" + subject.number() + path);
  }

  URI pull(Subject subject) {
    return in(subject.repository(), "/pulls/" + subject.number());
  }

  /** The comments on lines of a pull request, and what lies below that list. */
  URI pullComments(Subject subject, String path) {
    return in(subject.repository(), "/pulls/" + subject.number() + "/comments" + path);
  }

  /** The reviews of a pull request, and what follows in that address. */
  URI reviews(Subject subject, String more) {
    return in(subject.repository(), "/pulls/" + subject.number() + "/reviews" + more);
  }

  /** A list of changes, oldest first. Sort and direction are always said, since defaults differ. */
  URI changes(RepositoryName name, String list, String filter, Instant since) {
    return in(name, list + "?" + filter + oldestFirst(since));
  }

  /** What changed in any repository that the token's account sees, oldest first. */
  URI changes(Instant since) {
    return at("/issues?filter=all&state=all&" + oldestFirst(since));
  }

  private static String oldestFirst(Instant since) {
    return "sort=updated&direction=asc&per_page=" + Page.FULL + since(since);
  }

  URI comments(Subject subject, Optional<Instant> since) {
    return issue(subject, "/comments" + all(since));
  }

  URI reviewComments(Subject subject, Optional<Instant> since) {
    return pullComments(subject, all(since));
  }

  private static String all(Optional<Instant> since) {
    return "?per_page=" + Page.FULL + since.map(Addresses::since).orElse("");
  }

  URI reactions(RepositoryName name, long comment) {
    return in(name, "/issues/comments/%d/reactions?per_page=%d".formatted(comment, Page.FULL));
  }

  URI threadReactions(RepositoryName name, long comment) {
    return in(name, "/pulls/comments/%d/reactions?per_page=%d".formatted(comment, Page.FULL));
  }

  URI permission(RepositoryName name, String login) {
    return in(name, "/collaborators/" + encoded(login) + "/permission");
  }

  /** Pull requests of a branch of the repository itself, newest first. */
  URI pullsOf(RepositoryName name, String branch, String state) {
    String head = encoded(name.owner() + ":" + branch);
    return in(
        name,
        "/pulls?state=" + state + "&head=" + head + "&sort=created&direction=desc&per_page=100");
  }

  private static String since(Instant since) {
    return "&since="
        + encoded(DateTimeFormatter.ISO_INSTANT.format(since.truncatedTo(ChronoUnit.SECONDS)));
  }

  private URI at(String path) {
    return URI.create(api + path);
  }

  /** {@code path} below a commit, which is named by its hash or a branch at whose head it is. */
  URI commit(RepositoryName name, String commit, String path) {
    return in(name, "/commits/" + encoded(commit) + path);
  }

  URI label(RepositoryName name, String label) {
    return in(name, "/labels/" + encoded(label));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

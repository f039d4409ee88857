package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the objects of GitHub's answers into knight's words, or finds them unusable. */
final class Shapes {
  private static final Pattern LOGIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,89}(?:\\[bot])?");
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_=+/-]{1,200}");
  private static final Pattern REF = Pattern.compile("[^\\p{Cntrl}\\s~^:?*\\[\\\\]{1,250}");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");
  private static final Pattern FULL_NAME = Pattern.compile("[^/]{1,100}/[^/]{1,100}");
  private static final Pattern PARENT =
      Pattern.compile(".*/repos/([^/]+/[^/]+)/(?:issues|pulls)/([0-9]{1,9})");
  private static final Pattern REPOSITORY = Pattern.compile(".*/repos/([^/]+/[^/]+)");
  private static final Pattern WORD = Pattern.compile(".{1,20}");

  /** GitHub's limit for the name of a label is 50. */
  private static final int MAX_LABEL = 100;

  /** GitHub's limit for a title is 256. */
  private static final int MAX_TITLE = 300;

  /** Linux' own limit for a path. */
  private static final int MAX_PATH = 4_096;

  /** The place of a remark, not the whole change. */
  private static final int MAX_HUNK = 4_000;

  private final GitHubSettings settings;

  Shapes(GitHubSettings settings) {
    this.settings = settings;
  }

  Account account(Fields fields) {
    String login = fields.text("login", LOGIN);
    boolean bot = "Bot".equals(fields.prose("type", 40)) || login.endsWith("[bot]");
    return new Account(fields.number("id"), login, bot);
  }

  Repository repository(Fields fields) {
    return new Repository(
        fields.number("id"),
        name(fields),
        fields.text("default_branch", REF),
        cloneUrl(fields),
        link(fields),
        fields.flag("archived"),
        fields.flag("private"),
        fields.optional("permissions").filter(rights -> rights.flag("push")).isPresent());
  }

  Issue issue(RepositoryName repository, Fields fields) {
    sameRepository(repository, fields.uri("url").toString());
    return new Issue(
        fields.number("id"),
        fields.text("node_id", NODE_ID),
        new Subject(repository, fields.number("number")),
        fields.prose("title", MAX_TITLE),
        fields.prose("body", Comment.MAX_TEXT),
        fields.optional("user").map(this::account),
        !"closed".equals(fields.prose("state", 20)),
        fields.flag("locked"),
        fields.has("pull_request"),
        fields
            .optional("pull_request")
            .filter(pull -> pull.has("merged_at"))
            .map(pull -> pull.instant("merged_at")),
        labels(fields),
        link(fields),
        fields.instant("created_at"),
        fields.instant("updated_at"));
  }

  /** An issue may have 100 labels. */
  private static Set<String> labels(Fields issue) {
    return issue.list("labels").stream()
        .map(label -> label.prose("name", MAX_LABEL))
        .filter(name -> !name.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A comment; {@code parent} names the field with the address of what it stands under. */
  Comment comment(RepositoryName repository, String parent, Fields fields) {
    return new Comment(
        fields.number("id"),
        fields.text("node_id", NODE_ID),
        new Subject(repository, sameRepository(repository, fields.uri(parent).toString())),
        fields.optional("user").map(this::account),
        fields.prose("body", Comment.MAX_TEXT),
        link(fields),
        fields.instant("created_at"),
        fields.instant("updated_at"));
  }

  Review review(Subject pull, Fields fields) {
    return new Review(
        fields.number("id"),
        fields.text("node_id", NODE_ID),
        pull,
        fields.optional("user").map(this::account),
        fields.text("state", WORD),
        fields.prose("body", Comment.MAX_TEXT),
        link(fields),
        fields.has("submitted_at")
            ? Optional.of(fields.instant("submitted_at"))
            : Optional.empty());
  }

  /** Who reacted; nobody if it is a reaction that knight does not read, or the account is gone. */
  Optional<Reacted> reacted(Fields fields) {
    return Reaction.of(fields.prose("content", 20))
        .flatMap(how -> fields.optional("user").map(user -> reacted(fields, user, how)));
  }

  private Reacted reacted(Fields fields, Fields user, Reaction how) {
    return new Reacted(fields.number("id"), account(user), how, fields.instant("created_at"));
  }

  LineComment lineComment(RepositoryName repository, Fields fields) {
    return new LineComment(
        comment(repository, "pull_request_url", fields),
        fields.has("pull_request_review_id") ? fields.number("pull_request_review_id") : 0,
        fields.text("original_commit_id", SHA),
        fields.prose("path", MAX_PATH),
        optional(fields, "line"),
        fields.prose("diff_hunk", MAX_HUNK),
        optional(fields, "in_reply_to_id"));
  }

  private static OptionalLong optional(Fields fields, String name) {
    return fields.has(name) ? OptionalLong.of(fields.number(name)) : OptionalLong.empty();
  }

  PullRequest pullRequest(RepositoryName repository, Fields fields) {
    sameRepository(repository, fields.uri("url").toString());
    Fields head = fields.object("head");
    return new PullRequest(
        new Subject(repository, fields.number("number")),
        fields.text("node_id", NODE_ID),
        head.optional("repo").map(Shapes::name),
        head.text("ref", REF),
        head.text("sha", SHA),
        fields.object("base").text("ref", REF),
        !"closed".equals(fields.prose("state", 20)),
        fields.flag("merged") || fields.has("merged_at"),
        fields.flag("draft"),
        fields.has("mergeable") ? Optional.of(fields.flag("mergeable")) : Optional.empty(),
        fields.optional("user").map(this::account),
        fields.prose("body", Comment.MAX_TEXT),
        link(fields));
  }

  /** What account number {@code id} may do; nothing, if the answer is about someone else. */
  Permission permission(long id, Fields fields) {
    boolean same = fields.optional("user").filter(user -> user.number("id") == id).isPresent();
    return same
        ? Permission.of(fields.text("permission", WORD), fields.prose("role_name", 100))
        : Permission.NONE;
  }

  /** That an issue or pull request changed; nothing else is read of what may be anybody's. */
  static Change change(Fields fields) {
    Matcher address = REPOSITORY.matcher(fields.uri("repository_url").toString());
    if (!address.matches()) {
      throw Fields.unusable("repository_url");
    }
    return new Change(
        fields.text("node_id", NODE_ID), name(address.group(1)), fields.instant("updated_at"));
  }

  private static RepositoryName name(Fields fields) {
    return name(fields.text("full_name", FULL_NAME))
        .orElseThrow(() -> Fields.unusable("full_name"));
  }

  /** Empty for what GitHub allows and knight does not, such as an owner with an underscore. */
  private static Optional<RepositoryName> name(String text) {
    try {
      return Optional.of(RepositoryName.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The page of a thing. It is shown to people, so it must be on GitHub's own host. */
  private URI link(Fields fields) {
    URI link = fields.uri("html_url");
    if (!settings.isOnWeb(link)) {
      throw Fields.unusable("html_url");
    }
    return link;
  }

  /** Where git goes with the token: nowhere but to GitHub's own host. */
  private URI cloneUrl(Fields fields) {
    URI url = fields.uri("clone_url");
    if (!settings.isOnWeb(url)) {
      throw new MisconfiguredException(
          "GitHub gives the clone address '%s', which is not on %s; check knight.github.api-url."
              .formatted(Words.plain(url.toString()), settings.webAuthority()));
    }
    return url;
  }

  /**
   * The number at the end of the address of an issue or pull request, which must lie in {@code
   * repository}: nothing outside the configured ones is ever touched, not even where they moved.
   */
  private static long sameRepository(RepositoryName repository, String address) {
    Matcher path = PARENT.matcher(address);
    if (!path.matches()) {
      throw Fields.unusable("url");
    }
    if (!path.group(1).equalsIgnoreCase(repository.toString())) {
      throw new MisconfiguredException(
          "The repository %s is now %s; put that name under knight.github.repositories."
              .formatted(repository, Words.plain(path.group(1))));
    }
    return positive(path.group(2));
  }

  private static long positive(String digits) {
    return Optional.of(Long.parseLong(digits))
        .filter(number -> number > 0)
        .orElseThrow(() -> Fields.unusable("url"));
  }
}

package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Issues and the comments in their conversations. */
final class IssueRoutes {
  private static final String ISSUES = "/repos/{owner}/{repo}/issues";
  private static final String COMMENT = ISSUES + "/comments/{id}";
  private static final String ONE = ISSUES + "/{number}";
  private static final String PERMISSION = "issues=write; pull_requests=write";

  /** GitHub's own limit for bodies, in characters. */
  static final int LONGEST_BODY = 65_536;

  /** GitHub's own limit for titles, in characters. */
  static final int LONGEST_TITLE = 256;

  private final Urls urls;
  private final IssueJson json;
  private final RepositoryJson repositories;

  IssueRoutes(Urls urls) {
    PersonJson people = new PersonJson(urls);
    this.urls = urls;
    this.json = new IssueJson(urls, people);
    this.repositories = new RepositoryJson(urls, people);
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/issues", this::everywhere),
        Route.of("GET", ISSUES, this::list),
        Route.of("POST", ISSUES, this::open),
        Route.of("GET", ISSUES + "/comments", this::allComments),
        Route.of("GET", COMMENT, this::comment),
        Route.of("PATCH", COMMENT, this::edit),
        Route.of("DELETE", COMMENT, this::delete),
        Route.of("GET", ONE, this::issue),
        Route.of("PATCH", ONE, this::editIssue),
        Route.of("GET", ONE + "/comments", this::comments),
        Route.of("POST", ONE + "/comments", this::write));
  }

  private Answer list(Call call) {
    HostedRepository repository = call.repository();
    Optional<String> creator = Optional.ofNullable(call.query().get("creator"));
    Stream<Issue> issues =
        repository.listedIssues().stream()
            .filter(issue ->
                creator.isEmpty() || issue.author().login().equalsIgnoreCase(creator.get()));
    return Paging.page(
        call,
        urls,
        Listing.issues(call, issues, issue -> issue, "desc"),
        issue -> json.issue(repository, issue));
  }

  /** An issue with where it is. */
  private record Placed(HostedRepository repository, Issue issue) {}

  /**
   * Of all repositories in which the caller has a right by name; nothing is assigned to anybody.
   */
  private Answer everywhere(Call call) {
    Account caller = call.person();
    String filter = call.query("filter", "assigned");
    boolean all = filter.equals("all") || filter.equals("repos");
    Stream<Placed> issues =
        call.world().repositories().stream()
            .filter(repository -> repository.isShared(caller))
            .flatMap(repository ->
                repository.listedIssues().stream().map(issue -> new Placed(repository, issue)))
            .filter(placed ->
                all || (filter.equals("created") && placed.issue().author().id() == caller.id()));
    return Paging.page(
        call,
        urls,
        Listing.issues(call, issues, Placed::issue, "desc"),
        placed -> placed(call, placed));
  }

  private ObjectNode placed(Call call, Placed placed) {
    ObjectNode issue = json.issue(placed.repository(), placed.issue());
    Permission permission = placed.repository().permission(call.caller());
    issue.set("repository", repositories.brief(placed.repository(), Optional.of(permission)));
    return issue;
  }

  private Answer issue(Call call) {
    return Answer.ok(json.issue(call.repository(), call.issue()));
  }

  private Answer open(Call call) {
    HostedRepository repository = call.writable("issues=write");
    String title = title(call.text("title"), "Issue");
    String body = body(call.given("body").orElse(""), "Issue");
    Issue issue = call.world().conversations().open(repository, call.caller(), title, body);
    return Answer.created(json.issue(repository, issue));
  }

  private Answer editIssue(Call call) {
    HostedRepository repository = call.writable(PERMISSION);
    Issue issue = call.issue();
    mustOwn(repository, call, issue.author());
    Conversations conversations = call.world().conversations();
    if (call.given("title").isPresent() || call.given("body").isPresent()) {
      String title = title(call.given("title").orElse(issue.title()), "Issue");
      String body = body(call.given("body").orElse(issue.body()), "Issue");
      issue = conversations.edit(repository, issue, title, body);
    }
    Optional<String> state = call.given("state");
    if (state.filter("closed"::equals).isPresent() && issue.open()) {
      String reason = call.given("state_reason").orElse("completed");
      issue = conversations.close(repository, issue, reason);
    } else if (state.filter("open"::equals).isPresent() && !issue.open()) {
      issue = conversations.reopen(repository, issue);
    }
    return Answer.ok(json.issue(repository, issue));
  }

  private Answer allComments(Call call) {
    HostedRepository repository = call.repository();
    return page(call, repository, repository.listedComments().stream());
  }

  private Answer comments(Call call) {
    HostedRepository repository = call.repository();
    long number = call.issue().number();
    return page(
        call,
        repository,
        repository.listedComments().stream().filter(comment -> comment.number() == number));
  }

  private Answer page(Call call, HostedRepository repository, Stream<Comment> comments) {
    List<Comment> asked =
        Listing.comments(call, comments.filter(comment -> comment.line().isEmpty()));
    return Paging.page(call, urls, asked, comment -> json.comment(repository, comment));
  }

  private Answer comment(Call call) {
    HostedRepository repository = call.repository();
    return Answer.ok(json.comment(repository, named(call, repository)));
  }

  private Answer write(Call call) {
    HostedRepository repository = call.writable(PERMISSION);
    Issue issue = call.issue();
    Account caller = call.caller();
    if (issue.locked() && !repository.permission(caller).includes(Permission.WRITE)) {
      throw ApiError.of(403, "Unable to create comment because issue is locked.");
    }
    String body = body(call.text("body"), "IssueComment");
    Comment comment = call.world().conversations().comment(repository, issue, caller, body);
    return Answer.created(json.comment(repository, comment));
  }

  private Answer edit(Call call) {
    HostedRepository repository = call.writable(PERMISSION);
    Comment comment = named(call, repository);
    mustOwn(repository, call, comment.author());
    String body = body(call.text("body"), "IssueComment");
    return Answer.ok(
        json.comment(repository, call.world().conversations().edit(repository, comment, body)));
  }

  private Answer delete(Call call) {
    HostedRepository repository = call.writable(PERMISSION);
    Comment comment = named(call, repository);
    mustOwn(repository, call, comment.author());
    call.world().conversations().delete(repository, comment);
    return Answer.empty();
  }

  private static Comment named(Call call, HostedRepository repository) {
    return repository
        .comment(call.number("id"))
        .filter(comment -> comment.line().isEmpty())
        .orElseThrow(ApiError::notFound);
  }

  /** One's own things may be changed by oneself, others' with write permission. */
  static void mustOwn(HostedRepository repository, Call call, Account author) {
    boolean own = author.id() == call.caller().id();
    if (!own && !repository.permission(call.caller()).includes(Permission.WRITE)) {
      throw ApiError.of(403, "Must have admin rights to Repository.");
    }
  }

  static String body(String body, String resource) {
    if (body.codePointCount(0, body.length()) > LONGEST_BODY) {
      throw ApiError.tooLong(
          resource, resource.equals("IssueComment") ? "data" : "body", LONGEST_BODY);
    }
    if (resource.equals("IssueComment") && body.isBlank()) {
      throw ApiError.invalid(resource, "body", "missing_field");
    }
    return body;
  }

  static String title(String title, String resource) {
    if (title.isBlank()) {
      throw ApiError.invalid(resource, "title", "missing_field");
    }
    if (title.codePointCount(0, title.length()) > LONGEST_TITLE) {
      throw ApiError.tooLong(resource, "title", LONGEST_TITLE);
    }
    return title;
  }
}

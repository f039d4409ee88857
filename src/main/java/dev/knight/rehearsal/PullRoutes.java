package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/** Pull requests. */
final class PullRoutes {
  private static final String PULLS = "/repos/{owner}/{repo}/pulls";
  private static final String ONE = PULLS + "/{number}";
  private static final String PERMISSION = "pull_requests=write";

  private final Urls urls;
  private final PullJson json;

  PullRoutes(Urls urls) {
    PersonJson people = new PersonJson(urls);
    this.urls = urls;
    this.json =
        new PullJson(urls, people, new IssueJson(urls, people), new RepositoryJson(urls, people));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PULLS, this::list),
        Route.of("POST", PULLS, this::open),
        Route.of("GET", ONE, this::pull),
        Route.of("PATCH", ONE, this::edit));
  }

  private Answer list(Call call) {
    HostedRepository repository = call.repository();
    String base = call.query("base", "");
    Stream<Issue> pulls =
        repository.listedIssues().stream()
            .filter(issue -> issue.pull().isPresent())
            .filter(issue -> base.isEmpty() || pull(issue).base().equals(base))
            .filter(issue -> hasHead(repository, issue, call.query("head", "")));
    String direction = call.query("sort", "created").equals("created") ? "desc" : "asc";
    List<Issue> asked = Listing.issues(call, pulls, pull -> pull, direction);
    return Paging.page(call, urls, asked, issue -> brief(repository, issue));
  }

  /** A head without its owner is ignored, as on GitHub. */
  private static boolean hasHead(HostedRepository repository, Issue issue, String head) {
    int colon = head.indexOf(':');
    if (colon < 0) {
      return true;
    }
    return head.substring(0, colon).equalsIgnoreCase(repository.name().owner())
        && head.substring(colon + 1).equals(pull(issue).head());
  }

  private Answer pull(Call call) throws IOException {
    return Answer.ok(json.whole(call.repository(), call.pull()));
  }

  private Answer open(Call call) throws IOException {
    HostedRepository repository = pushable(call);
    String head = call.text("head");
    String owner = repository.name().owner().toLowerCase(Locale.ROOT) + ":";
    if (head.toLowerCase(Locale.ROOT).startsWith(owner)) {
      head = head.substring(owner.length());
    }
    Pulls.Request request =
        new Pulls.Request(
            IssueRoutes.title(call.text("title"), "PullRequest"),
            IssueRoutes.body(call.given("body").orElse(""), "PullRequest"),
            head,
            call.text("base"),
            call.body().path("draft").asBoolean(false));
    mustBePossible(repository, request);
    Issue opened = call.world().pulls().open(repository, call.caller(), request);
    return Answer.created(json.whole(repository, opened));
  }

  private static void mustBePossible(HostedRepository repository, Pulls.Request request)
      throws IOException {
    RevCommit head =
        repository
            .git()
            .head(request.head())
            .orElseThrow(() -> ApiError.invalid("PullRequest", "head", "invalid"));
    RevCommit base =
        repository
            .git()
            .head(request.base())
            .orElseThrow(() -> ApiError.invalid("PullRequest", "base", "invalid"));
    if (alreadyOpen(repository, request)) {
      String name = repository.name().owner() + ":" + request.head();
      throw ApiError.custom("PullRequest", "A pull request already exists for %s.".formatted(name));
    }
    if (Change.between(repository.git().jgit(), base, head).commits() == 0) {
      throw ApiError.custom(
          "PullRequest", "No commits between %s and %s".formatted(request.base(), request.head()));
    }
  }

  private static boolean alreadyOpen(HostedRepository repository, Pulls.Request request) {
    return repository.issues().stream()
        .filter(Issue::open)
        .flatMap(issue -> issue.pull().stream())
        .anyMatch(pull -> pull.head().equals(request.head()) && pull.base().equals(request.base()));
  }

  private Answer edit(Call call) throws IOException {
    HostedRepository repository = call.writable(PERMISSION);
    Issue issue = call.pull();
    IssueRoutes.mustOwn(repository, call, issue.author());
    Conversations conversations = call.world().conversations();
    if (call.given("title").isPresent() || call.given("body").isPresent()) {
      String title = IssueRoutes.title(call.given("title").orElse(issue.title()), "PullRequest");
      String body = IssueRoutes.body(call.given("body").orElse(issue.body()), "PullRequest");
      issue = conversations.edit(repository, issue, title, body);
    }
    Optional<String> base = call.given("base");
    if (base.isPresent()) {
      issue = ontoBase(call, repository, issue, base.get());
    }
    Optional<String> state = call.given("state");
    if (state.filter("closed"::equals).isPresent() && issue.open()) {
      issue = conversations.close(repository, issue, "completed");
    } else if (state.filter("open"::equals).isPresent() && !issue.open()) {
      issue = reopen(call, repository, issue);
    }
    return Answer.ok(json.whole(repository, issue));
  }

  private static Issue ontoBase(Call call, HostedRepository repository, Issue issue, String base)
      throws IOException {
    if (repository.git().head(base).isEmpty()) {
      throw ApiError.invalid("PullRequest", "base", "invalid");
    }
    Issue moved = issue.with(pull(issue).onto(base), call.world().register().now());
    repository.keep(moved);
    return moved;
  }

  /** A pull request whose branch is gone, or that was merged, stays closed. */
  private static Issue reopen(Call call, HostedRepository repository, Issue issue)
      throws IOException {
    boolean merged = pull(issue).mergedAt().isPresent();
    if (merged || repository.git().head(pull(issue).head()).isEmpty()) {
      throw ApiError.invalid("PullRequest", "state", "invalid");
    }
    return call.world().conversations().reopen(repository, issue);
  }

  private static HostedRepository pushable(Call call) {
    HostedRepository repository = call.writable(PERMISSION);
    if (!repository.permission(call.caller()).includes(Permission.WRITE)) {
      throw ApiError.lacking(PERMISSION);
    }
    return repository;
  }

  private ObjectNode brief(HostedRepository repository, Issue issue) {
    try {
      return json.brief(repository, issue);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Pull pull(Issue issue) {
    return issue.pull().orElseThrow();
  }
}

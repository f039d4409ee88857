package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tells people what a pull request is and whose it is to look at: labels and reviewers. */
final class TriageRoutes {
  private static final String REPOSITORY = "/repos/{owner}/{repo}";

  /** Somebody is no collaborator. GitHub's description says nothing of a body. */
  private static final Answer REFUSED = new Answer(422, MissingNode.getInstance(), Map.of());

  private final IssueJson issues;
  private final PullJson pulls;

  TriageRoutes(Urls urls) {
    PersonJson people = new PersonJson(urls);
    this.issues = new IssueJson(urls, people);
    this.pulls = new PullJson(urls, people, issues, new RepositoryJson(urls, people));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", REPOSITORY + "/labels/{name+}", this::label),
        Route.of("POST", REPOSITORY + "/issues/{number}/labels", this::add),
        Route.of("POST", REPOSITORY + "/pulls/{number}/requested_reviewers", this::ask));
  }

  private Answer label(Call call) {
    HostedRepository repository = call.repository();
    String name = repository.knownLabel(call.part("name")).orElseThrow(ApiError::notFound);
    ObjectNode json = Json.object();
    issues.label(json, repository, name);
    return Answer.ok(json);
  }

  /** One that the repository does not have is made, as on GitHub. */
  private Answer add(Call call) {
    HostedRepository repository = call.writable("issues=write; pull_requests=write");
    Issue issue = call.issue();
    for (String name : texts(call, "labels")) {
      repository.label(issue.number(), repository.knownLabel(name).orElse(name));
    }
    repository.keep(issue.touched(call.world().register().now()));
    ArrayNode all = Json.array();
    repository
        .labels(issue.number())
        .forEach(name -> issues.label(all.addObject(), repository, name));
    return Answer.ok(all);
  }

  /** All or none; there are no teams here. */
  private Answer ask(Call call) throws IOException {
    HostedRepository repository = call.writable("pull_requests=write");
    Issue issue = call.pull();
    List<Account> reviewers = new ArrayList<>();
    for (String login : texts(call, "reviewers")) {
      Optional<Account> reviewer = call.world().register().account(login);
      if (reviewer.filter(one -> mayReview(repository, issue, one)).isEmpty()) {
        return REFUSED;
      }
      reviewers.add(reviewer.get());
    }
    if (!texts(call, "team_reviewers").isEmpty()) {
      return REFUSED;
    }
    reviewers.forEach(reviewer -> repository.askReview(issue.number(), reviewer));
    return Answer.created(pulls.brief(repository, issue));
  }

  private static boolean mayReview(HostedRepository repository, Issue issue, Account reviewer) {
    return reviewer.id() != issue.author().id() && !repository.association(reviewer).equals("NONE");
  }

  private static List<String> texts(Call call, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : call.body().path(field)) {
      texts.add(text.asText());
    }
    return texts;
  }
}

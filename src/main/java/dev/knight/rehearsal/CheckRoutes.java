package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.rehearsal.Workflow.Built;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jgit.revwalk.RevCommit;

/** What checks the commits, and what a branch requires of it. */
final class CheckRoutes {
  private static final String REPOSITORY = "/repos/{owner}/{repo}";
  private static final String COMMIT = REPOSITORY + "/commits/{ref}";
  private static final String RUNS = REPOSITORY + "/actions/runs";

  private final Urls urls;
  private final CheckJson json;

  CheckRoutes(Urls urls) {
    PersonJson people = new PersonJson(urls);
    this.urls = urls;
    this.json = new CheckJson(urls, people, new RepositoryJson(urls, people));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", COMMIT + "/check-runs", this::checkRuns),
        Route.of("GET", COMMIT + "/status", this::status),
        Route.of("GET", REPOSITORY + "/check-runs/{id}/annotations", this::annotations),
        Route.of("GET", RUNS, this::runs),
        Route.of("GET", RUNS + "/{id}/jobs", this::jobs),
        Route.of("POST", RUNS + "/{id}/rerun-failed-jobs", this::rerun),
        Route.of("GET", REPOSITORY + "/actions/jobs/{id}/logs", this::log),
        Route.of("GET", REPOSITORY + "/rules/branches/{branch+}", this::rules));
  }

  private Answer checkRuns(Call call) throws IOException {
    HostedRepository repository = readable(call, TokenRight::seesChecks, "checks=read");
    String commit = commit(call);
    boolean all = call.query("filter", "latest").equals("all");
    List<ObjectNode> found = new ArrayList<>();
    for (ActionsRun run : repository.actions().runs(commit)) {
      run.jobs().forEach(job -> found.add(json.checkRun(repository, run, job)));
      if (all) {
        run.earlier().forEach(job -> found.add(json.checkRun(repository, run, job)));
      }
    }
    Actions actions = repository.actions();
    (all ? actions.every(commit, false) : actions.others(commit, false))
        .forEach(check -> found.add(json.checkRun(repository, check)));
    String name = call.query("check_name", "");
    found.removeIf(run -> !name.isEmpty() && !run.path("name").asText().equals(name));
    return wrapped(call, "check_runs", found, Function.identity());
  }

  private Answer status(Call call) throws IOException {
    HostedRepository repository = readable(call, TokenRight::seesBuilds, "statuses=read");
    String commit = commit(call);
    return Answer.ok(json.combined(repository, commit, repository.actions().others(commit, true)));
  }

  private Answer annotations(Call call) {
    HostedRepository repository = readable(call, TokenRight::seesChecks, "checks=read");
    long id = call.number("id");
    Built built =
        repository
            .actions()
            .job(id)
            .map(ActionsRun.Job::built)
            .or(() -> repository.actions().other(id).map(OtherCheck::built))
            .orElseThrow(ApiError::notFound);
    List<Built> said = built.isFailed() ? List.of(built) : List.of();
    return Paging.page(call, urls, said, json::annotation);
  }

  private Answer runs(Call call) {
    HostedRepository repository = readable(call, TokenRight::seesBuilds, "actions=read");
    String head = call.query("head_sha", "");
    List<ActionsRun> found =
        repository.actions().runs().reversed().stream()
            .filter(run -> head.isEmpty() || run.commit().equals(head))
            .toList();
    return wrapped(call, "workflow_runs", found, run -> run(repository, run));
  }

  private ObjectNode run(HostedRepository repository, ActionsRun run) {
    try {
      return json.run(repository, run);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Answer jobs(Call call) {
    HostedRepository repository = readable(call, TokenRight::seesBuilds, "actions=read");
    ActionsRun run = theRun(call, repository);
    return wrapped(call, "jobs", run.jobs(), job -> json.job(repository, run, job));
  }

  private Answer rerun(Call call) {
    HostedRepository repository = call.writable("actions=write");
    readable(call, TokenRight::seesBuilds, "actions=write");
    ActionsRun run = theRun(call, repository);
    if (run.conclusion().isEmpty()
        || run.jobs().stream().noneMatch(job -> job.built().isFailed())) {
      throw ApiError.of(403, "This workflow run cannot be retried");
    }
    repository.actions().rerunFailed(run);
    return new Answer(201, Json.object(), Map.of());
  }

  private static ActionsRun theRun(Call call, HostedRepository repository) {
    return repository.actions().run(call.number("id")).orElseThrow(ApiError::notFound);
  }

  /** Where a log is fetched from, without a token. */
  private Answer log(Call call) {
    HostedRepository repository = readable(call, TokenRight::seesBuilds, "actions=read");
    long id = call.number("id");
    if (repository.actions().job(id).isEmpty()) {
      throw ApiError.notFound();
    }
    String place = urls.web() + LogSite.address(repository.id(), id);
    return new Answer(302, MissingNode.getInstance(), Map.of("location", place));
  }

  private Answer rules(Call call) {
    HostedRepository repository = call.repository();
    List<String> required = List.copyOf(repository.actions().required(call.part("branch")));
    return Paging.page(
        call, urls, required.isEmpty() ? List.of() : List.of(required), CheckRoutes::rule);
  }

  private static ObjectNode rule(List<String> required) {
    ObjectNode json = Json.object().put("type", "required_status_checks");
    ObjectNode parameters =
        json.putObject("parameters").put("strict_required_status_checks_policy", false);
    parameters.set(
        "required_status_checks",
        Json.array(required, context -> Json.object().put("context", context)));
    return json;
  }

  private static HostedRepository readable(
      Call call, Predicate<TokenRight> sees, String permission) {
    HostedRepository repository = call.repository();
    if (call.token().map(Token::right).filter(sees).isEmpty()) {
      throw ApiError.lacking(permission);
    }
    return repository;
  }

  /** The commit that the path names, by its hash or by a branch. */
  private static String commit(Call call) throws IOException {
    HostedRepository repository = call.repository();
    String ref = call.part("ref");
    Optional<RevCommit> head = repository.git().head(ref);
    if (head.isPresent()) {
      return head.get().name();
    }
    if (!repository.git().has(ref)) {
      throw ApiError.of(422, "No commit found for SHA: " + ref);
    }
    return ref;
  }

  private <T> Answer wrapped(
      Call call, String member, List<T> items, Function<T, ? extends JsonNode> render) {
    Answer page = Paging.page(call, urls, items, render);
    ObjectNode body = Json.object().put("total_count", items.size());
    body.set(member, page.body());
    return new Answer(page.status(), body, page.headers());
  }
}

package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import dev.knight.rehearsal.Workflow.Built;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Check runs, statuses, and runs and jobs of Actions, as the REST interface shows them. */
record CheckJson(Urls urls, PersonJson people, RepositoryJson repositories) {
  private static final String ACTIONS = "github-actions";

  ObjectNode checkRun(HostedRepository repository, ActionsRun run, ActionsRun.Job job) {
    String page = page(repository.name(), run) + "/job/" + job.id();
    return checkRun(
        repository, job.id(), run.commit(), ACTIONS, job.name(), job.built(), job.at(), page, "");
  }

  ObjectNode checkRun(HostedRepository repository, OtherCheck check) {
    String page = urls.page(repository.name()) + "/runs/" + check.id();
    return checkRun(
        repository,
        check.id(),
        check.commit(),
        check.app(),
        check.name(),
        check.built(),
        check.at(),
        page,
        check.built().log());
  }

  private ObjectNode checkRun(
      HostedRepository repository,
      long id,
      String commit,
      String app,
      String name,
      Built built,
      Instant at,
      String page,
      String summary) {
    String self = urls.repository(repository.name()) + "/check-runs/" + id;
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("node_id", NodeId.of("CR", id))
            .put("head_sha", commit)
            .put("name", name)
            .put("external_id", "")
            .put("url", self)
            .put("html_url", page)
            .put("details_url", page)
            .put("started_at", at.toString());
    ended(json, built, at);
    json.putObject("check_suite").put("id", id - 1);
    json.putObject("output")
        .put("title", summary.isEmpty() ? null : built.step())
        .put("summary", summary.isEmpty() ? null : summary)
        .putNull("text")
        .put("annotations_count", built.isFailed() ? 1 : 0)
        .put("annotations_url", self + "/annotations");
    json.set("app", app(repository, app));
    json.putArray("pull_requests");
    return json;
  }

  private static void ended(ObjectNode json, Built built, Instant at) {
    boolean over = built.conclusion().isPresent();
    json.put("status", over ? "completed" : "in_progress")
        .put("conclusion", built.conclusion().orElse(null))
        .put("completed_at", over ? at.toString() : null);
  }

  private ObjectNode app(HostedRepository repository, String slug) {
    ObjectNode json =
        Json.object()
            .put("id", 15_368 + Math.floorMod(slug.hashCode(), 1_000))
            .put("slug", slug)
            .put("node_id", NodeId.of("A", Math.floorMod(slug.hashCode(), 1_000)))
            .put("name", slug)
            .putNull("description")
            .put("external_url", urls.web())
            .put("html_url", urls.web() + "/apps/" + slug)
            .put("created_at", repository.createdAt().toString())
            .put("updated_at", repository.createdAt().toString());
    json.set("owner", people.brief(repository.owner()));
    json.putObject("permissions").put("checks", "write");
    json.putArray("events");
    return json;
  }

  ObjectNode annotation(Built built) {
    return Json.object()
        .put("path", ".github")
        .put("blob_href", urls.web() + "/blob")
        .put("start_line", 1)
        .put("end_line", 1)
        .putNull("start_column")
        .putNull("end_column")
        .put("annotation_level", "failure")
        .putNull("title")
        .put("message", "Process completed with exit code 1.")
        .put("raw_details", built.log().isEmpty() ? null : built.step());
  }

  /** All statuses of a commit, and the word that they come to. */
  ObjectNode combined(HostedRepository repository, String commit, List<OtherCheck> statuses) {
    String self = urls.repository(repository.name()) + "/commits/" + commit;
    ObjectNode json =
        Json.object()
            .put("state", state(statuses))
            .put("sha", commit)
            .put("total_count", statuses.size())
            .put("commit_url", self)
            .put("url", self + "/status");
    json.set("statuses", Json.array(statuses, status -> status(repository, status)));
    json.set("repository", minimal(repository));
    return json;
  }

  private static String state(List<OtherCheck> statuses) {
    if (statuses.stream().anyMatch(status -> status.built().isFailed())) {
      return "failure";
    }
    boolean over = statuses.stream().allMatch(status -> status.built().conclusion().isPresent());
    return over && !statuses.isEmpty() ? "success" : "pending";
  }

  private ObjectNode status(HostedRepository repository, OtherCheck status) {
    return Json.object()
        .put("url", urls.repository(repository.name()) + "/statuses/" + status.commit())
        .put("avatar_url", urls.web() + "/avatars/oa/1")
        .put("id", status.id())
        .put("node_id", NodeId.of("SC", status.id()))
        .put("state", status.built().conclusion().orElse("pending"))
        .put("description", status.built().log())
        .put("target_url", urls.web() + "/status/" + status.id())
        .put("context", status.name())
        .put("created_at", status.at().toString())
        .put("updated_at", status.at().toString());
  }

  ObjectNode run(HostedRepository repository, ActionsRun run) throws IOException {
    String self = urls.repository(repository.name()) + "/actions/runs/" + run.id();
    long workflow = Math.floorMod(run.workflow().hashCode(), 100_000) + 1L;
    RevCommit head = repository.git().commit(ObjectId.fromString(run.commit()));
    ObjectNode json =
        Json.object()
            .put("id", run.id())
            .put("name", run.workflow())
            .put("node_id", NodeId.of("WFR", run.id()))
            .put("check_suite_id", run.id() + 1)
            .put("check_suite_node_id", NodeId.of("CS", run.id() + 1))
            .put("head_branch", run.branch())
            .put("head_sha", run.commit())
            .put("path", ".github/workflows/" + run.workflow() + ".yml")
            .put("display_title", head.getShortMessage())
            .put("run_number", run.number())
            .put("run_attempt", run.attempt())
            .put("event", "push")
            .put("status", run.conclusion().isPresent() ? "completed" : "in_progress")
            .put("conclusion", run.conclusion().orElse(null))
            .put("workflow_id", workflow)
            .put("url", self)
            .put("html_url", page(repository.name(), run))
            .put("created_at", run.createdAt().toString())
            .put("updated_at", run.updatedAt().toString())
            .put("run_started_at", run.createdAt().toString())
            .put("jobs_url", self + "/jobs")
            .put("logs_url", self + "/logs")
            .put("check_suite_url", urls.repository(repository.name()) + "/check-suites/1")
            .put("artifacts_url", self + "/artifacts")
            .put("cancel_url", self + "/cancel")
            .put("rerun_url", self + "/rerun")
            .putNull("previous_attempt_url")
            .put(
                "workflow_url",
                urls.repository(repository.name()) + "/actions/workflows/" + workflow);
    json.putArray("pull_requests");
    json.putArray("referenced_workflows");
    json.set("actor", people.brief(repository.owner()));
    json.set("triggering_actor", people.brief(repository.owner()));
    json.set("head_commit", commit(head));
    json.set("repository", minimal(repository));
    json.set("head_repository", minimal(repository));
    return json;
  }

  private static ObjectNode commit(RevCommit head) {
    ObjectNode json =
        Json.object()
            .put("id", head.name())
            .put("tree_id", head.getTree().name())
            .put("message", head.getFullMessage())
            .put("timestamp", head.getAuthorIdent().getWhenAsInstant().toString());
    json.set("author", person(head.getAuthorIdent()));
    json.set("committer", person(head.getCommitterIdent()));
    return json;
  }

  private static ObjectNode person(PersonIdent person) {
    return Json.object().put("name", person.getName()).put("email", person.getEmailAddress());
  }

  ObjectNode job(HostedRepository repository, ActionsRun run, ActionsRun.Job job) {
    String base = urls.repository(repository.name());
    ObjectNode json =
        Json.object()
            .put("id", job.id())
            .put("run_id", run.id())
            .put("workflow_name", run.workflow())
            .put("head_branch", run.branch())
            .put("run_url", base + "/actions/runs/" + run.id())
            .put("run_attempt", job.attempt())
            .put("node_id", NodeId.of("CR", job.id()))
            .put("head_sha", run.commit())
            .put("url", base + "/actions/jobs/" + job.id())
            .put("html_url", page(repository.name(), run) + "/job/" + job.id())
            .put("created_at", job.at().toString())
            .put("started_at", job.at().toString())
            .put("name", job.name())
            .put("check_run_url", base + "/check-runs/" + job.id())
            .put("runner_id", 1)
            .put("runner_name", "stand-in")
            .put("runner_group_id", 0)
            .put("runner_group_name", "stand-in");
    ended(json, job.built(), job.at());
    json.putArray("labels").add("ubuntu-latest");
    ArrayNode steps = json.putArray("steps");
    boolean begun = !job.built().step().isEmpty();
    step(steps, "Set up job", Optional.of("success"), 1);
    if (begun) {
      step(steps, job.built().step(), job.built().conclusion(), 2);
    }
    return json;
  }

  private static void step(ArrayNode steps, String name, Optional<String> conclusion, int number) {
    steps
        .addObject()
        .put("name", name)
        .put("status", conclusion.isPresent() ? "completed" : "in_progress")
        .put("conclusion", conclusion.orElse(null))
        .put("number", number);
  }

  private ObjectNode minimal(HostedRepository repository) {
    return repositories.brief(repository, Optional.empty());
  }

  private String page(RepositoryName name, ActionsRun run) {
    return urls.page(name) + "/actions/runs/" + run.id();
  }
}

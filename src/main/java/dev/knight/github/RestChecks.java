package dev.knight.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** {@link Checks} over the REST API, by the same gate as all else. */
final class RestChecks implements Checks {
  /** As much of a log as an error and what led to it can take. */
  private static final int LOG = 2 << 20;

  private static final int SAID = 8_000;
  private static final int NAME = 200;
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");

  private final Exchange exchange;
  private final Addresses addresses;
  private final Remembered<CheckRun> runs;
  private final Remembered<CommitStatus> statuses;
  private final Remembered<WorkflowRun> workflows;
  private final Remembered<WorkflowJob> jobs;
  private final Remembered<String> annotations;
  private final Remembered<Set<String>> rules;

  RestChecks(Exchange exchange, GitHubSettings settings, Addresses addresses) {
    this.exchange = exchange;
    this.addresses = addresses;
    this.runs = new Remembered<>(exchange, settings, "check_runs", RestChecks::checkRun);
    this.statuses = new Remembered<>(exchange, settings, "statuses", RestChecks::status);
    this.workflows = new Remembered<>(exchange, settings, "workflow_runs", RestChecks::workflow);
    this.jobs = new Remembered<>(exchange, settings, "jobs", RestChecks::job);
    this.annotations = new Remembered<>(exchange, settings, "", RestChecks::annotation);
    this.rules = new Remembered<>(exchange, settings, "", RestChecks::rule);
  }

  @Override
  public Optional<List<CheckRun>> runs(RepositoryName repository, String commit) {
    return readable(() ->
        runs.all(
            "the check runs of " + commit,
            addresses.commit(repository, commit, "/check-runs?filter=latest&per_page=100")));
  }

  @Override
  public List<CheckRun> tries(RepositoryName repository, String commit, String name) {
    String filter = "/check-runs?filter=all&per_page=100&check_name=" + Addresses.encoded(name);
    URI address = addresses.commit(repository, commit, filter);
    return readable(() -> runs.all("the runs of a check", address)).orElse(List.of());
  }

  @Override
  public Optional<List<CommitStatus>> statuses(RepositoryName repository, String commit) {
    URI address = addresses.commit(repository, commit, "/status?per_page=100");
    return readable(() -> statuses.all("the statuses of " + commit, address));
  }

  @Override
  public Optional<List<WorkflowRun>> workflows(RepositoryName repository, String commit) {
    URI address =
        addresses.in(
            repository, "/actions/runs?per_page=100&head_sha=" + Addresses.encoded(commit));
    return readable(() -> workflows.all("the runs of Actions on " + commit, address));
  }

  @Override
  public Optional<String> head(RepositoryName repository, String branch) {
    return branch(repository, Addresses.encoded(branch))
        .map(found -> new Fields(found.path("commit")).text("sha", SHA));
  }

  private Optional<JsonNode> branch(RepositoryName repository, String encoded) {
    return readable(
            () -> exchange.read(HttpAsk.read(addresses.in(repository, "/branches/" + encoded))))
        .filter(reply -> reply.status() == 200)
        .map(reply -> Json.parse(reply.body()));
  }

  @Override
  public List<WorkflowJob> jobs(RepositoryName repository, long run) {
    URI address =
        addresses.in(repository, "/actions/runs/%d/jobs?filter=latest&per_page=100".formatted(run));
    return readable(() -> jobs.all("the jobs of run " + run, address)).orElse(List.of());
  }

  @Override
  public Optional<String> log(RepositoryName repository, long job) {
    HttpAsk ask = HttpAsk.read(addresses.in(repository, "/actions/jobs/" + job + "/logs"));
    return readable(() -> exchange.download(ask, LOG)).flatMap(log -> log);
  }

  @Override
  public List<String> annotations(RepositoryName repository, long checkRun) {
    URI address =
        addresses.in(repository, "/check-runs/%d/annotations?per_page=100".formatted(checkRun));
    return readable(() -> annotations.all("the annotations of a check run", address))
        .orElse(List.of());
  }

  @Override
  public Set<String> required(RepositoryName repository, String branch) {
    Set<String> required = new LinkedHashSet<>();
    String name = Addresses.encoded(branch);
    URI address = addresses.in(repository, "/rules/branches/" + name + "?per_page=100");
    readable(() -> rules.all("the rules of " + branch, address))
        .ifPresent(all -> all.forEach(required::addAll));
    branch(repository, name).ifPresent(found -> required.addAll(protection(found)));
    return Set.copyOf(required);
  }

  @Override
  public boolean rerun(RepositoryName repository, long run) {
    URI address = addresses.in(repository, "/actions/runs/" + run + "/rerun-failed-jobs");
    return readable(() -> exchange.write("POST", address, "{}"))
        .filter(HttpReply::isSuccess)
        .isPresent();
  }

  /** What this token is not shown is as if it were not there; a bad token is nobody's list. */
  private static <T> Optional<T> readable(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (MisconfiguredException lacking) {
      if (lacking.side().isPresent()) {
        throw lacking;
      }
      return Optional.empty();
    } catch (RefusedException notThere) {
      return Optional.empty();
    }
  }

  private static CheckRun checkRun(Fields fields) {
    Optional<Fields> output = fields.optional("output");
    String said =
        output
            .map(it ->
                String.join(
                    "\n",
                    it.prose("title", NAME),
                    it.prose("summary", SAID),
                    it.prose("text", SAID)))
            .orElse("");
    return new CheckRun(
        fields.number("id"),
        fields.optional("app").map(app -> app.prose("slug", NAME)).orElse(""),
        fields.prose("name", NAME),
        conclusion(fields),
        Words.cut(said.strip(), SAID));
  }

  private static Conclusion conclusion(Fields fields) {
    return Conclusion.of(fields.text("status", WORD), fields.prose("conclusion", 40));
  }

  private static CommitStatus status(Fields fields) {
    return new CommitStatus(
        fields.prose("context", NAME),
        Conclusion.ofState(fields.text("state", WORD)),
        fields.prose("description", NAME));
  }

  private static WorkflowRun workflow(Fields fields) {
    return new WorkflowRun(
        fields.number("id"),
        fields.prose("name", NAME),
        (int) Math.min(Integer.MAX_VALUE, fields.number("run_attempt")),
        conclusion(fields));
  }

  private static WorkflowJob job(Fields fields) {
    List<WorkflowJob.Step> steps =
        fields.node().path("steps").isArray()
            ? Fields.list(fields.node().path("steps")).stream()
                .map(step -> new WorkflowJob.Step(step.prose("name", NAME), conclusion(step)))
                .toList()
            : List.of();
    return new WorkflowJob(
        fields.number("id"),
        fields.number("run_id"),
        fields.prose("name", NAME),
        conclusion(fields),
        steps);
  }

  private static String annotation(Fields fields) {
    return "%s:%d: %s"
        .formatted(
            fields.prose("path", NAME),
            fields.node().path("start_line").asInt(0),
            Words.cut(fields.prose("message", SAID), 1_000));
  }

  private static Set<String> rule(Fields fields) {
    return fields.prose("type", 60).equals("required_status_checks")
        ? contexts(fields.node().path("parameters").path("required_status_checks"))
        : Set.of();
  }

  private static Set<String> protection(JsonNode branch) {
    JsonNode required = branch.path("protection").path("required_status_checks");
    Set<String> names = new LinkedHashSet<>(contexts(required.path("checks")));
    required.path("contexts").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Set<String> contexts(JsonNode checks) {
    Set<String> names = new LinkedHashSet<>();
    StreamSupport.stream(checks.spliterator(), false)
        .map(check -> check.path("context").asText(""))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }
}

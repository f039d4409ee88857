package dev.knight.ci;

import dev.knight.github.CheckRun;
import dev.knight.github.Checks;
import dev.knight.github.CommitStatus;
import dev.knight.github.Conclusion;
import dev.knight.github.WorkflowJob;
import dev.knight.github.WorkflowRun;
import dev.knight.job.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads how the checks of a commit stand, from as many of GitHub's three places as the token may
 * read. Where it may not read check runs, the jobs of Actions and the statuses stand for them.
 */
final class Lookout {
  private final Checks checks;

  Lookout(Checks checks) {
    this.checks = checks;
  }

  /** What is there, or empty if the token may read none of it. */
  Optional<Standing> look(RepositoryName repository, String commit) {
    Optional<List<CheckRun>> runs = checks.runs(repository, commit);
    Optional<List<WorkflowRun>> workflows = checks.workflows(repository, commit);
    Optional<List<CommitStatus>> statuses = checks.statuses(repository, commit);
    if (runs.isEmpty() && workflows.isEmpty() && statuses.isEmpty()) {
      return Optional.empty();
    }
    List<HeadCheck> all = new ArrayList<>();
    runs.ifPresent(list -> list.forEach(run -> all.add(of(run))));
    for (WorkflowRun workflow : workflows.orElse(List.of())) {
      all.addAll(runs.isPresent() ? beside(workflow) : jobs(repository, workflow));
    }
    statuses.ifPresent(list -> list.forEach(status -> all.add(of(status))));
    return Optional.of(new Standing(all));
  }

  /** What of a workflow is no check run: one that waits for its first job, or never had any. */
  private static List<HeadCheck> beside(WorkflowRun workflow) {
    return switch (workflow.conclusion()) {
      case PENDING, STARTUP_FAILURE, ACTION_REQUIRED -> List.of(of(workflow));
      case SUCCESS, NEUTRAL, SKIPPED, FAILURE, TIMED_OUT, CANCELLED, STALE, UNKNOWN -> List.of();
    };
  }

  private List<HeadCheck> jobs(RepositoryName repository, WorkflowRun workflow) {
    List<WorkflowJob> jobs = checks.jobs(repository, workflow.id());
    List<HeadCheck> all = new ArrayList<>(jobs.stream().map(Lookout::of).toList());
    boolean waits = workflow.conclusion() == Conclusion.PENDING;
    if (jobs.isEmpty() || waits) {
      all.add(of(workflow));
    }
    return all;
  }

  private static HeadCheck of(CheckRun run) {
    return new HeadCheck(
        run.app(), run.name(), run.conclusion(), run.said(), OptionalLong.of(run.id()));
  }

  private static HeadCheck of(WorkflowJob job) {
    return new HeadCheck(
        CheckRun.ACTIONS, job.name(), job.conclusion(), "", OptionalLong.of(job.id()));
  }

  private static HeadCheck of(WorkflowRun workflow) {
    return new HeadCheck(
        CheckRun.ACTIONS, workflow.name(), workflow.conclusion(), "", OptionalLong.empty());
  }

  private static HeadCheck of(CommitStatus status) {
    return new HeadCheck(
        "", status.context(), status.conclusion(), status.description(), OptionalLong.empty());
  }
}

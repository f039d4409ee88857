package dev.knight.rehearsal;

import dev.knight.rehearsal.Workflow.Built;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of a workflow on one commit.
 *
 * @param number counts the runs of the repository, from 1
 * @param attempt from 1; each re-run is the next
 * @param jobs as they are in this attempt
 * @param earlier the jobs that a re-run has replaced
 */
public record ActionsRun(
    long id,
    String workflow,
    int number,
    String commit,
    String branch,
    int attempt,
    List<Job> jobs,
    List<Job> earlier,
    Instant createdAt,
    Instant updatedAt) {
  public ActionsRun {
    jobs = List.copyOf(jobs);
    earlier = List.copyOf(earlier);
  }

  /**
   * A job of it; its number is that of its check run, too.
   *
   * @param attempt the attempt of the run in which it ran
   */
  public record Job(long id, String name, int attempt, Built built, Instant at) {}

  /** GitHub's word for how it ended; empty while a job runs. */
  public Optional<String> conclusion() {
    if (jobs.stream().anyMatch(job -> job.built().conclusion().isEmpty())) {
      return Optional.empty();
    }
    return jobs.stream()
        .map(Job::built)
        .filter(Built::isFailed)
        .findFirst()
        .or(() -> Optional.of(Built.passed()))
        .flatMap(Built::conclusion);
  }

  ActionsRun again(List<Job> next, List<Job> replaced, Instant now) {
    return new ActionsRun(
        id, workflow, number, commit, branch, attempt + 1, next, replaced, createdAt, now);
  }

  ActionsRun with(List<Job> next, Instant now) {
    return new ActionsRun(
        id, workflow, number, commit, branch, attempt, next, earlier, createdAt, now);
  }
}

package dev.knight.github;

import java.util.List;
import java.util.Optional;

/**
 * A job of a run of Actions, in its last try.
 *
 * @param id GitHub's number for it, and for its check run
 * @param run the run that it belongs to
 * @param name its name, and that of its check run
 * @param conclusion how it stands
 * @param steps its steps, in order
 */
public record WorkflowJob(long id, long run, String name, Conclusion conclusion, List<Step> steps) {
  public WorkflowJob {
    steps = List.copyOf(steps);
  }

  /** A step of a job. */
  public record Step(String name, Conclusion conclusion) {}

  /** The first step that did not end well, if its failure was a step's. */
  public Optional<Step> failed() {
    return steps.stream().filter(step -> step.conclusion() == Conclusion.FAILURE).findFirst();
  }
}

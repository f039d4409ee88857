package dev.knight.api;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import java.util.List;
import java.util.Optional;

/**
 * What jobs have made, as far as it lies on this machine. Secrets are taken out of it. Looking
 * disturbs nobody who works there.
 */
public interface JobWork {
  /** What {@code job} changes; empty if there is nothing to compare. */
  Optional<Diff> diff(Job job);

  /**
   * How the project's checks went on what {@code job} made last, in the order in which they ran.
   */
  List<CheckView> checks(JobId job);
}

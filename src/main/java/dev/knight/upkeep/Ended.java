package dev.knight.upkeep;

import dev.knight.home.JobFiles;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of a job that is over.
 *
 * @param files what lies there
 * @param job the job; empty if the store does not know it
 * @param at when it ended; of an unknown one, when its files were touched last
 */
record Ended(JobFiles files, Optional<Job> job, Instant at) {
  JobId id() {
    return files.job();
  }

  /** Where its worktree may be linked. */
  List<RepositoryName> repositories() {
    return job.map(known -> List.of(known.subject().repository())).orElse(files.mirrors());
  }
}

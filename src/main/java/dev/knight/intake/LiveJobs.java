package dev.knight.intake;

import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The jobs that people can do something to, as they were when a round of looks began.
 *
 * @param all those of all repositories
 */
record LiveJobs(List<Job> all, Instant now) {
  /** A person who is there answers what waits for one within this time. */
  private static final Duration FRESH = Duration.ofHours(1);

  LiveJobs {
    all = all.stream().filter(job -> !job.controls().isEmpty()).toList();
  }

  /** Those of one repository. */
  List<Job> of(RepositoryName repository) {
    return all.stream().filter(job -> job.subject().repository().equals(repository)).toList();
  }

  /** Where there are any. */
  Set<RepositoryName> repositories() {
    return all.stream().map(job -> job.subject().repository()).collect(Collectors.toSet());
  }

  /** Whether something goes on in {@code repository}, or may do so soon. */
  boolean isWorkedOn(RepositoryName repository) {
    return of(repository).stream().anyMatch(this::isGoingOn);
  }

  private boolean isGoingOn(Job job) {
    return switch (job.state()) {
      case JobState.Queued _, JobState.Running _, JobState.Retrying _ -> true;
      case JobState.NeedsYou _, JobState.Finished _ -> now.isBefore(job.updatedAt().plus(FRESH));
    };
  }
}

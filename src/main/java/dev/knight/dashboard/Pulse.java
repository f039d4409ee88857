package dev.knight.dashboard;

import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How the service itself is. */
public interface Pulse {
  /** Looks; quick enough to be done for each page. */
  Reading read();

  /**
   * What was seen.
   *
   * @param workers how many jobs may run at a time
   * @param isPolling whether GitHub is looked at
   * @param quota how many requests to GitHub are left
   * @param freeBytes what is free on the disk of knight's home
   * @param repositories those that knight works on
   * @param problems what a person should see to, in whole sentences
   */
  record Reading(
      int workers,
      boolean isPolling,
      Optional<Quota> quota,
      OptionalLong freeBytes,
      List<Watched> repositories,
      List<String> problems) {}

  /**
   * How many requests GitHub still answers.
   *
   * @param resetAt when it is the limit again
   */
  record Quota(long limit, long remaining, Instant resetAt) {}

  /**
   * A repository that knight works on.
   *
   * @param lookedAt when it was last looked at whole, since the service began
   * @param trouble why it cannot be looked at now, if so
   */
  record Watched(RepositoryName name, Optional<Instant> lookedAt, Optional<String> trouble) {}
}

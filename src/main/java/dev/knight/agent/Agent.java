package dev.knight.agent;

import dev.knight.job.JobId;
import java.time.Duration;
import java.util.Set;

/** What works on a job. One implementation drives pi; tests may bring another. */
public interface Agent {

  /**
   * Looks whether it could start at all.
   *
   * @throws dev.knight.job.MisconfiguredException when it is missing or too old
   */
  void check();

  /**
   * Opens a conversation: the living one of that name is found again, one whose process died goes
   * on from its session file, and otherwise a new one starts.
   *
   * @throws dev.knight.job.MisconfiguredException when pi is missing, too old, or does not know the
   *     model
   * @throws dev.knight.job.UnavailableException when it did not start for a reason that may pass
   */
  Session session(SessionRequest request);

  /**
   * Ends what an earlier service, or this one, left of conversations of jobs that are not in {@code
   * running}; the others work on. Returns after {@code patience} at the latest, and goes on by
   * itself then.
   */
  default void endOthers(Set<JobId> running, Duration patience) {}

  /** The same for all conversations of one {@code job}, which nothing works on any more. */
  default void end(JobId job, Duration patience) {}
}

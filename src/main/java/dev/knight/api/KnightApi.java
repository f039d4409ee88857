package dev.knight.api;

import dev.knight.job.JobQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of knight, over HTTP or from inside. Every method throws {@link
 * NoSuchJobException} for a number that no job has; a verb that the job's state does not allow
 * throws {@link WrongStateException}.
 */
public interface KnightApi {
  /** Where it stands on the server. */
  String PATH = "/api/v1/jobs";

  /** Where what happens in all jobs is told as it happens. */
  String EVENTS = "/api/v1/events";

  /** Where copies of the store are asked for. */
  String BACKUPS = "/api/v1/backups";

  /** Where figures are asked for. */
  String STATS = "/api/v1/stats";

  /** A listing never has more. */
  int MOST_JOBS = 1000;

  /**
   * The newest jobs, newest first.
   *
   * @param limit from 1 to {@link #MOST_JOBS}
   */
  default List<JobView> jobs(int limit) {
    return jobs(JobQuery.newest(limit));
  }

  /**
   * The jobs that {@code query} asks for, newest first; a limit of more than {@link #MOST_JOBS} is
   * an {@link IllegalArgumentException}.
   */
  List<JobView> jobs(JobQuery query);

  /** {@code query}, unless it wants more than a listing ever has. */
  static JobQuery bounded(JobQuery query) {
    if (query.limit() > MOST_JOBS) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST_JOBS);
    }
    return query;
  }

  /** One job with its story. */
  JobDetails show(long job);

  /** What a job changes, as a unified diff; nothing where there is nothing to compare. */
  String diff(long job);

  /**
   * Accepts a request by hand: it makes a job, or joins the active one of its issue. A request
   * whose key was accepted before changes nothing, and is answered by its job. Without a request,
   * as from an empty body, it throws {@link IllegalArgumentException}.
   */
  JobView enqueue(@Nullable EnqueueRequest request);

  /**
   * Adds something to a job that is not over: its agent hears it while it works, or as soon as it
   * does; one that waits for an answer takes it as that, one that answers a question is asked it as
   * well, and a review hears nothing. Without words, as from an empty body, it throws {@link
   * IllegalArgumentException}.
   *
   * @return the job that serves it: another one if that job ended in the same moment
   */
  JobView steer(long job, @Nullable SteerRequest request);

  /** Calls a job off, whatever it is doing. */
  JobView stop(long job);

  /**
   * Tries again. A job that waits for its next try becomes due at once; one that waits for a person
   * goes on without an answer; one that a limit ended has the same budget once more; any other
   * finished one is asked for anew with the same words, which makes another job, or joins the one
   * that is active on the same issue by now.
   *
   * @return the job that will run
   */
  JobView retry(long job);

  /**
   * Lets through exactly what a held job holds: it goes on and publishes that. A job whose plan
   * waits for a word has it agreed to.
   */
  JobView release(long job);

  /**
   * What the jobs of the last days came to and cost.
   *
   * @param days from 1 to {@link StatsView#MOST_DAYS}, today among them
   */
  StatsView stats(int days);

  /** What knight keeps in mind of its repositories. */
  MemoryApi memory();

  /** How people are told of jobs. */
  Notices notices();

  /** Makes a copy of the store in the home, which whoever asked is to move away. */
  BackupView backup();
}

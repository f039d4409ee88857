package dev.knight;

import dev.knight.job.Job;
import dev.knight.job.JobId;

/** Works on one job in this process: what {@code knight run} does. */
public interface Foreground {
  /**
   * Works on {@code job} until it is finished or needs a person, waiting through its retries.
   *
   * @return the job as it is then
   */
  Job work(JobId job);
}

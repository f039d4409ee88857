package dev.knight.attempt;

import dev.knight.job.Job;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;

/**
 * The attempt's one way to its job's row. Every method throws {@link LeaseLostException} once the
 * job is someone else's, and the attempt ends without touching anything more.
 */
public interface Progress {

  /** The job as it stands. */
  Job job();

  /** The attempt enters {@code step}; this is durable when it returns. */
  void enter(Step step);

  /** Adds a line to the job's story. */
  void tell(String kind, String text);

  /** The job has cost {@code total} so far. */
  void spent(Spent total);

  /** The job's branch is {@code name}. */
  void branch(String name);

  /** {@code side} did what the attempt asked of it: it is not away, for other jobs neither. */
  void works(Side side);

  /**
   * Runs {@code look} about once a second, as long as the job is this worker's. It must be quick,
   * since all jobs are looked at in turn.
   */
  void onBeat(Runnable look);

  /**
   * Runs {@code stop} when the job is called off or the service ends; at once if it has been
   * already.
   */
  void onCancel(Runnable stop);
}

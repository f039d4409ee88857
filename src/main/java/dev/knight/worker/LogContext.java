package dev.knight.worker;

import dev.knight.job.Job;
import dev.knight.job.Step;
import org.jboss.logging.MDC;

/** What every line says that is logged while a thread works on a job. */
final class LogContext {
  private static final String JOB = "job";
  private static final String ATTEMPT = "attempt";
  private static final String STEP = "step";

  private LogContext() {}

  /** This thread works on {@code job} from now on, and so do the threads that it starts. */
  static void begins(Job job) {
    MDC.put(JOB, job.id().toString());
    MDC.put(ATTEMPT, Integer.toString(job.attempt()));
    MDC.remove(STEP);
  }

  /** The job of this thread has entered {@code step}. */
  static void enters(Step step) {
    MDC.put(STEP, step.word());
  }

  /** This thread works on nothing any more. */
  static void ends() {
    MDC.remove(JOB);
    MDC.remove(ATTEMPT);
    MDC.remove(STEP);
  }
}

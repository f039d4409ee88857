package dev.knight.job;

/** Someone else changed the job (a stop, a newer claim): the worker ends without another effect. */
public final class LeaseLostException extends RuntimeException {
  /** Names the job. */
  public LeaseLostException(JobId id) {
    super("The lease of job " + id + " is lost");
  }
}

package dev.knight.dashboard;

import java.util.List;

/**
 * What goes on.
 *
 * @param jobs the jobs, each where it stands
 * @param health how the service is
 * @param first how to ask for the first job: an issue's repository and what to write; empty once
 *     there was one
 */
record NowView(NowJobs jobs, Health health, List<First> first) {

  /**
   * How to ask for something.
   *
   * @param repository where
   * @param url of that repository's issues
   * @param mention what to begin with
   */
  record First(String repository, String url, String mention) {}

  /**
   * How the service is.
   *
   * @param problems what a person should see to
   * @param spent what was spent today
   * @param perDay how much that may be, or empty
   * @param spentPart of a hundred; 0 without a limit
   * @param workers how many are busy
   * @param quota how many requests to GitHub are left
   * @param quotaPart of a hundred
   * @param quotaReset when it is all of them again
   * @param polled when the repository that was longest not looked at was; without a time, never
   * @param polling what is to be said instead of a time, or empty
   * @param disk what is free
   */
  record Health(
      List<String> problems,
      String spent,
      String perDay,
      int spentPart,
      String workers,
      String quota,
      int quotaPart,
      List<Moment> quotaReset,
      List<Moment> polled,
      String polling,
      String disk) {
    /** Whether most of the day's money is gone. */
    public boolean isNearlySpent() {
      return spentPart >= 80;
    }

    /** Whether few requests are left. */
    public boolean isQuotaLow() {
      return quotaPart < 20;
    }
  }
}

package dev.knight.dashboard;

import java.util.List;

/**
 * What goes on.
 *
 * @param waiting what waits for a person, the longest first
 * @param running the jobs that are worked on
 * @param queued those that wait for a worker, or for their next try
 * @param ended those that ended last
 * @param health how the service is
 * @param first how to ask for the first job: an issue's repository and what to write; empty once
 *     there was one
 */
record NowView(
    List<Ask> waiting,
    List<JobLine> running,
    List<JobLine> queued,
    List<JobLine> ended,
    Health health,
    List<First> first) {

  /**
   * How to ask for something.
   *
   * @param repository where
   * @param url of that repository's issues
   * @param mention what to begin with
   */
  record First(String repository, String url, String mention) {}

  /**
   * A job that needs a person.
   *
   * @param question what the person is asked
   * @param diff what it holds back, or empty
   * @param needs {@code answer}, {@code approval} or {@code release}
   */
  record Ask(JobLine job, String question, String diff, String needs) {}

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

  /** What is read out when it changes. */
  public String waitingNews() {
    return waiting.isEmpty()
        ? ""
        : waiting.size() == 1
            ? "Job %d waits for you".formatted(waiting.getFirst().job().id())
            : "%d jobs wait for you".formatted(waiting.size());
  }

  /** What is read out when it changes. */
  public String runningNews() {
    return running.size() == 1 ? "1 job runs" : "%d jobs run".formatted(running.size());
  }
}

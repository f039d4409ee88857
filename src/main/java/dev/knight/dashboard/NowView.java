package dev.knight.dashboard;

import java.util.List;

/**
 * What goes on.
 *
 * @param waiting what waits for a person, the longest first
 * @param running the jobs that are worked on
 * @param queued those that wait for a worker, or for their next try
 * @param ended those that ended last
 */
record NowView(
    List<Ask> waiting, List<JobLine> running, List<JobLine> queued, List<JobLine> ended) {

  /**
   * A job that needs a person.
   *
   * @param question what the person is asked
   * @param diff what it holds back, or empty
   * @param mayAnswer whether a text is an answer
   * @param mayRelease whether it holds something that can be let through
   * @param mayGoOn whether it can go on without an answer
   */
  record Ask(
      JobLine job,
      String question,
      String diff,
      boolean mayAnswer,
      boolean mayRelease,
      boolean mayGoOn) {}

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

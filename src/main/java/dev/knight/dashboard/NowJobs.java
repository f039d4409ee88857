package dev.knight.dashboard;

import java.util.List;

/**
 * The jobs that one should know of now.
 *
 * @param waiting what waits for a person, the longest first; of many only some
 * @param allWaiting how many wait for a person
 * @param running the jobs that are worked on
 * @param queued those that wait for a worker, or for their next try, the oldest first; of many only
 *     some
 * @param allQueued how many do
 * @param ended those that ended last
 */
record NowJobs(
    List<Ask> waiting,
    int allWaiting,
    List<JobLine> running,
    List<JobLine> queued,
    int allQueued,
    List<JobLine> ended) {

  /**
   * A job that needs a person.
   *
   * @param question what the person is asked
   * @param diff what it holds back, or empty
   * @param needs {@code answer}, {@code approval} or {@code release}
   */
  record Ask(JobLine job, Prose question, String diff, String needs) {}

  /** Whether there never was any. */
  boolean isNone() {
    return allWaiting == 0 && running.isEmpty() && allQueued == 0 && ended.isEmpty();
  }

  /** How many that wait for a person are not shown. */
  public int moreWaiting() {
    return allWaiting - waiting.size();
  }

  /** How many that are queued are not shown. */
  public int moreQueued() {
    return allQueued - queued.size();
  }

  /** What is read out when it changes. */
  public String waitingNews() {
    return switch (allWaiting) {
      case 0 -> "";
      case 1 -> "Job %d waits for you".formatted(waiting.getFirst().job().id());
      default -> "%d jobs wait for you".formatted(allWaiting);
    };
  }

  /** What is read out when it changes. */
  public String runningNews() {
    return running.size() == 1 ? "1 job runs" : "%d jobs run".formatted(running.size());
  }
}

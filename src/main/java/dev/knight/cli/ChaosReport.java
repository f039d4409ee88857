package dev.knight.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a {@link Chaos}.
 *
 * @param seed what every choice was drawn from
 * @param mentions requests that were made
 * @param jobs how many jobs ended in which state
 * @param kills by what was killed: {@code service}, {@code bridge}, {@code pi}, {@code tool}
 * @param killsByStep by the step in which the job was that they were meant for
 * @param faults requests to GitHub that went wrong besides
 * @param lost mentions without exactly one job, jobs without an end, and ends without what they
 *     speak of
 * @param doubledPullRequests pull requests beyond one for each mention
 * @param doubledComments comments beyond one for each mention
 * @param doubledBranches branches beyond one for each mention
 * @param silent jobs that are over without a final word, or without exactly one tag for it
 * @param asked how often a person had to say that a job shall go on
 * @param up from a kill of the service until the next one serves
 * @param recovery from a kill of the service until a job that it worked on was worked on again
 * @param attached from a service that serves until it is in the conversation that went on meanwhile
 * @param conversations conversations that lived when the service was killed
 * @param reattached those of them that it went on with, and did not start anew
 * @param modelCalls what the model was asked
 * @param modelCallsRepeated those that had been asked before
 * @param mostRepeatedForOneKill the most of them in one job between one kill and the next
 * @param processesLeft what still ran at the end
 * @param complaints a sentence for each thing that is wrong
 * @param seconds how long it took
 */
public record ChaosReport(
    long seed,
    int mentions,
    Map<String, Integer> jobs,
    Map<String, Integer> kills,
    Map<String, Integer> killsByStep,
    int faults,
    int lost,
    int doubledPullRequests,
    int doubledComments,
    int doubledBranches,
    int silent,
    int asked,
    Times up,
    Times recovery,
    Times attached,
    int conversations,
    int reattached,
    int modelCalls,
    int modelCallsRepeated,
    int mostRepeatedForOneKill,
    int processesLeft,
    List<String> complaints,
    long seconds) {

  /**
   * Durations in milliseconds; all are 0 where there was none.
   *
   * @param count how many there were
   * @param p50 half of them were not longer
   * @param p99 all but one in a hundred were not longer
   * @param most the longest
   */
  public record Times(int count, long p50, long p99, long most) {
    /** Of these, in any order. */
    public static Times of(List<Long> millis) {
      List<Long> sorted = millis.stream().sorted().toList();
      if (sorted.isEmpty()) {
        return new Times(0, 0, 0, 0);
      }
      return new Times(
          sorted.size(), share(sorted, 0.5), share(sorted, 0.99), sorted.getLast().longValue());
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("count", count);
      fields.put("p50", p50);
      fields.put("p99", p99);
      fields.put("most", most);
      return fields;
    }

    private static long share(List<Long> sorted, double share) {
      return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
  }

  /** The counts by their names, as {@code --json} prints them. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seed", seed);
    fields.put("good", isGood());
    fields.put("mentions", mentions);
    fields.put("jobs", jobs);
    fields.put("killed", killed());
    fields.put("kills", kills);
    fields.put("killsByStep", killsByStep);
    fields.put("faults", faults);
    fields.put("lost", lost);
    fields.put("doubledPullRequests", doubledPullRequests);
    fields.put("doubledComments", doubledComments);
    fields.put("doubledBranches", doubledBranches);
    fields.put("silent", silent);
    fields.put("asked", asked);
    fields.put("upMillis", up.fields());
    fields.put("recoveryMillis", recovery.fields());
    fields.put("attachedMillis", attached.fields());
    fields.put("conversations", conversations);
    fields.put("reattached", reattached);
    fields.put("modelCalls", modelCalls);
    fields.put("modelCallsRepeated", modelCallsRepeated);
    fields.put("mostRepeatedForOneKill", mostRepeatedForOneKill);
    fields.put("processesLeft", processesLeft);
    fields.put("complaints", complaints);
    fields.put("seconds", seconds);
    return fields;
  }

  /** Whether nothing was lost, doubled or silent, and nothing was left running. */
  public boolean isGood() {
    return lost == 0
        && doubledPullRequests == 0
        && doubledComments == 0
        && doubledBranches == 0
        && silent == 0
        && processesLeft == 0;
  }

  /** All that was killed. */
  public int killed() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }
}

package dev.knight.chaos;

import dev.knight.cli.ChaosReport.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was done and how long it took to recover from it. */
final class Tally {
  private final List<Blow> blows = new ArrayList<>();
  private final Map<Integer, Integer> questions = new HashMap<>();
  private final List<Long> up = new ArrayList<>();
  private final List<Long> recovery = new ArrayList<>();
  private final List<Long> attached = new ArrayList<>();
  private int conversations;
  private int reattached;

  synchronized Blow add(Blow blow) {
    blows.add(blow);
    return blow;
  }

  synchronized int kills() {
    return blows.size();
  }

  /** A job asks its requester something. */
  synchronized void asked(int task) {
    questions.merge(task, 1, Integer::sum);
  }

  synchronized int questions(int task) {
    return questions.getOrDefault(task, 0);
  }

  synchronized int questions() {
    return questions.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The next service serves. */
  synchronized void up(Instant killed, Instant at) {
    up.add(Duration.between(killed, at).toMillis());
  }

  /** A job that was worked on is worked on again. */
  synchronized void resumed(Instant killed, Instant at) {
    recovery.add(Duration.between(killed, at).toMillis());
  }

  /** The new service is in a conversation that had lived on. */
  synchronized void attached(Instant served, Instant at) {
    conversations++;
    reattached++;
    attached.add(Math.max(0, Duration.between(served, at).toMillis()));
  }

  /** The new service has started a conversation anew though it had lived on. */
  synchronized void restarted() {
    conversations++;
  }

  synchronized Map<String, Integer> byVictim() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Victim victim : Victim.values()) {
      counts.put(
          victim.word(),
          (int) blows.stream().filter(blow -> blow.strike().victim() == victim).count());
    }
    return counts;
  }

  synchronized Map<String, Integer> byStep() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Plan.STEPS.forEach(step -> counts.put(step, 0));
    blows.forEach(blow -> counts.merge(blow.step(), 1, Integer::sum));
    return counts;
  }

  synchronized Times upTimes() {
    return Times.of(up);
  }

  synchronized Times recoveryTimes() {
    return Times.of(recovery);
  }

  synchronized Times attachedTimes() {
    return Times.of(attached);
  }

  synchronized int conversations() {
    return conversations;
  }

  synchronized int reattached() {
    return reattached;
  }
}

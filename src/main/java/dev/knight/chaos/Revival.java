package dev.knight.chaos;

import dev.knight.api.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits after a death of the service until the next one works on what the last one worked on, and
 * notes how long that took.
 */
final class Revival {
  /** What is not resumed by then waits for its next try, or for a person. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** The step that is entered once the conversation is open. */
  private static final String OPENED = "Entered implement";

  private final Instant killed;
  private final Instant up;
  private final Board board;
  private final Population population;
  private final Tally tally;

  Revival(Instant killed, Instant up, Board board, Population population, Tally tally) {
    this.killed = killed;
    this.up = up;
    this.board = board;
    this.population = population;
    this.tally = tally;
  }

  /**
   * Waits.
   *
   * @param jobs those that were worked on
   * @param living the bridges that lived
   */
  void await(List<JobView> jobs, List<Population.Bridge> living) throws InterruptedException {
    List<JobView> waiting = new ArrayList<>(jobs);
    Optional<Instant> first = Optional.empty();
    Instant end = up.plus(PATIENCE);
    while (!waiting.isEmpty() && Instant.now().isBefore(end)) {
      for (JobView job : List.copyOf(waiting)) {
        Optional<Instant> sign = board.first(job.id(), killed, "Entered");
        first = first.or(() -> sign);
        if (isDone(job, sign, living) || !isRunning(job)) {
          waiting.remove(job);
        }
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
    first.ifPresent(at -> tally.resumed(killed, at));
  }

  /** A job that is parked or over is nothing to wait for. */
  private boolean isRunning(JobView job) {
    return board.running().stream().anyMatch(now -> now.id() == job.id());
  }

  /** Whether nothing more is to be seen of {@code job}; notes what became of its conversation. */
  private boolean isDone(JobView job, Optional<Instant> sign, List<Population.Bridge> living) {
    Optional<Population.Bridge> before =
        living.stream()
            .filter(bridge -> bridge.conversation().equals(Long.toString(job.id())))
            .findFirst();
    if (before.isEmpty()) {
      return sign.isPresent();
    }
    Optional<Instant> opened = board.first(job.id(), killed, OPENED);
    opened.ifPresent(at -> {
      if (population.bridges().contains(before.get())) {
        tally.attached(up, at);
      } else {
        tally.restarted();
      }
    });
    return opened.isPresent();
  }
}

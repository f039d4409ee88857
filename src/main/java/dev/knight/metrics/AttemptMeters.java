package dev.knight.metrics;

import dev.knight.job.AttemptListener;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.RefusedHost;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts attempts: how they end, what goes wrong with them, and how long their steps take. */
public final class AttemptMeters implements AttemptListener {
  /** Kinds of lines in a story, which are few, and what is counted of them. */
  private static final Map<String, Counted> TOLD =
      Map.of(
          RefusedHost.EVENT,
          new Counted(
              "knight.egress.refusals", "Hosts that a job was kept from, each once for a job"),
          "stall",
          new Counted("knight.agent.stalls", "Agents that gave no sign of life and were stopped"),
          "held",
          new Counted(
              "knight.jobs.held", "Changes that a person has to see before they are pushed"),
          "re-attached",
          new Counted("knight.agent.reattached", "Agents that were found again, still at work"),
          "resumed",
          new Counted("knight.agent.resumed", "Agents that were started again on their session"));

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Map<Step, Timer> steps = new EnumMap<>(Step.class);
  private final Timer pullRequests;
  private final Map<JobId, Under> under = new ConcurrentHashMap<>();

  /** What is counted of a kind of line. */
  private record Counted(String name, String description) {}

  /** The step that an attempt is in. */
  private record Under(Step step, Instant since) {}

  /** Counts in {@code registry}. */
  public AttemptMeters(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    for (Step step : Step.values()) {
      steps.put(
          step,
          Timer.builder("knight.step")
              .description("How long attempts were in a step")
              .tag("step", step.word())
              .serviceLevelObjectives(Buckets.WORK)
              .register(registry));
    }
    this.pullRequests =
        Timer.builder("knight.pull.request.wait")
            .description("From the acceptance of a mention to its pull request")
            .serviceLevelObjectives(Buckets.WORK)
            .register(registry);
    FailureWords.ALL.forEach(this::failures);
    TOLD.values().forEach(this::counter);
    recovered();
    attempts("done");
  }

  @Override
  public void recovered(Job job) {
    recovered().increment();
  }

  private Counter recovered() {
    return Counter.builder("knight.jobs.recovered")
        .description("Jobs that a service found at work when it started")
        .register(registry);
  }

  @Override
  public void entered(Job job, Step step) {
    Instant now = clock.instant();
    left(job, now);
    under.put(job.id(), new Under(step, now));
  }

  @Override
  public void told(Job job, String kind) {
    Counted counted = TOLD.get(kind);
    if (counted != null) {
      counter(counted).increment();
    }
  }

  private Counter counter(Counted counted) {
    return Counter.builder(counted.name()).description(counted.description()).register(registry);
  }

  @Override
  public void failed(Job job, Failure failure) {
    failures(FailureWords.of(failure)).increment();
  }

  private Counter failures(String kind) {
    return Counter.builder("knight.failures")
        .description("Attempts that failed, by who must act")
        .tag("class", kind)
        .register(registry);
  }

  @Override
  public void ended(Job job, String outcome) {
    Instant now = clock.instant();
    left(job, now);
    under.remove(job.id());
    attempts(outcome).increment();
    boolean isFirst = job.mandate().before().equals(Spent.NOTHING);
    if (isFirst && job.pullRequest().isPresent()) {
      pullRequests.record(positive(Duration.between(job.createdAt(), now)));
    }
  }

  private Counter attempts(String outcome) {
    return Counter.builder("knight.attempts")
        .description("Attempts that ended, by the state of the job then")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void left(Job job, Instant now) {
    Under step = under.get(job.id());
    Timer timer = step == null ? null : steps.get(step.step());
    if (step != null && timer != null) {
      timer.record(positive(Duration.between(step.since(), now)));
    }
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}

package dev.knight.metrics;

import dev.knight.job.AttemptListener;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Step;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A trace for each attempt, and in it a span for each step. It says which job of which repository,
 * and how it ended: no text of anybody.
 */
final class Traces implements AttemptListener {
  private final Tracer tracer;
  private final InstantSource clock;
  private final Map<JobId, Open> open = new ConcurrentHashMap<>();

  /** The spans of an attempt that are not over. */
  private record Open(Span attempt, Optional<Span> step) {}

  /** Traces by {@code tracer}. */
  Traces(Tracer tracer, InstantSource clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  @Override
  public void began(Job job) {
    Span attempt =
        tracer
            .spanBuilder("attempt")
            .setNoParent()
            .setStartTimestamp(clock.instant())
            .setAttribute("knight.job", job.id().value())
            .setAttribute("knight.attempt", (long) job.attempt())
            .setAttribute("knight.kind", job.kind().word())
            .setAttribute("knight.repository", job.subject().repository().toString())
            .startSpan();
    open.put(job.id(), new Open(attempt, Optional.empty()));
  }

  @Override
  public void entered(Job job, Step step) {
    open.computeIfPresent(
        job.id(),
        (_, spans) -> {
          spans.step().ifPresent(this::end);
          Span next =
              tracer
                  .spanBuilder(step.word())
                  .setParent(Context.root().with(spans.attempt()))
                  .setStartTimestamp(clock.instant())
                  .setAttribute("knight.job", job.id().value())
                  .setAttribute("knight.step", step.word())
                  .startSpan();
          return new Open(spans.attempt(), Optional.of(next));
        });
  }

  @Override
  public void failed(Job job, Failure failure) {
    Open spans = open.get(job.id());
    if (spans != null) {
      String kind = FailureWords.of(failure);
      spans.step().ifPresent(step -> step.setStatus(StatusCode.ERROR, kind));
      spans.attempt().setAttribute("knight.failure", kind);
      spans.attempt().setStatus(StatusCode.ERROR, kind);
    }
  }

  @Override
  public void ended(Job job, String outcome) {
    Open spans = open.remove(job.id());
    if (spans != null) {
      spans.step().ifPresent(this::end);
      spans.attempt().setAttribute("knight.outcome", outcome);
      end(spans.attempt());
    }
  }

  private void end(Span span) {
    span.end(clock.instant());
  }
}

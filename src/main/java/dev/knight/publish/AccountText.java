package dev.knight.publish;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A short account of a job, for somebody who asks what it is doing: what the store says of it. */
public final class AccountText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int REASON = 1_500;
  private static final int LINE = 300;

  /** So many of the last things that happened. */
  private static final int LAST = 4;

  private final JobStore store;
  private final OutgoingText outgoing;
  private final InstantSource clock;

  /** Everything that others said goes through {@code outgoing}. */
  public AccountText(JobStore store, OutgoingText outgoing, InstantSource clock) {
    this.store = store;
    this.outgoing = outgoing;
    this.clock = clock;
  }

  /** What there is to say where no job ever was. */
  public String ofNothing() {
    return "I am not at work on anything here, and nobody has asked me to.";
  }

  /** What {@code job} is doing, since when, what it has cost and what it waits for. */
  public String of(Job job) {
    List<Event> story = store.events(job.id(), 0);
    return Stream.of(state(job, story), happened(job, story), end(job))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private String state(Job job, List<Event> story) {
    String name = "Job " + job.id();
    return switch (job.state()) {
      case Queued _ ->
          "%s waits for a free worker, since %s.".formatted(name, since(job.updatedAt()));
      case Running(_, Step step) ->
          "%s is at work: step **%s**, since %s%s."
              .formatted(
                  name,
                  step.word(),
                  since(entered(job, story)),
                  job.attempt() > 1 ? ", attempt " + job.attempt() : "");
      case Retrying(Instant dueAt, String reason) ->
          "%s tries again at %s. %s".formatted(name, TIME.format(dueAt), said(reason));
      case NeedsYou(String question) ->
          "%s has waited for a person since %s:\n\n%s"
              .formatted(name, since(job.updatedAt()), quote(question));
      case Finished end ->
          "%s is over (%s), since %s.\n\n%s"
              .formatted(name, end.word(), since(job.updatedAt()), said(end.reason()));
    };
  }

  private static Instant entered(Job job, List<Event> story) {
    return story.reversed().stream()
        .filter(event -> event.kind().equals("step"))
        .map(Event::at)
        .findFirst()
        .orElse(job.updatedAt());
  }

  /** The last things that happened, while it goes on. */
  private String happened(Job job, List<Event> story) {
    if (job.isFinished() || story.isEmpty()) {
      return "";
    }
    return story.subList(Math.max(0, story.size() - LAST), story.size()).stream()
        .map(event ->
            "- %s %s".formatted(TIME.format(event.at()), outgoing.line(event.text(), LINE)))
        .collect(Collectors.joining("\n", "The last that happened:\n\n", ""));
  }

  private String end(Job job) {
    String links =
        Stream.of(
                link(job, Effect.Kind.STATUS_COMMENT).map(it -> "[status](%s)".formatted(it)),
                link(job, Effect.Kind.PULL_REQUEST).map(it -> "[pull request](%s)".formatted(it)))
            .flatMap(Optional::stream)
            .map(it -> " · " + it)
            .collect(Collectors.joining());
    return "<sub>knight · job %s · %s so far · %s at work%s</sub>"
        .formatted(
            job.id(), Figures.usd(job.spent().usd()), Figures.time(job.spent().time()), links);
  }

  private Optional<URI> link(Job job, Effect.Kind kind) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == kind)
        .filter(effect -> effect.state() == Effect.State.DONE)
        .findFirst()
        .flatMap(Effect::link);
  }

  private String since(Instant time) {
    Duration ago = Duration.between(time, clock.instant());
    return "%s (%s)"
        .formatted(TIME.format(time), Figures.time(ago.isNegative() ? Duration.ZERO : ago));
  }

  private String said(String reason) {
    return outgoing.markdown(reason, REASON);
  }

  private String quote(String text) {
    return outgoing.markdown(text, REASON).lines().collect(Collectors.joining("\n> ", "> ", ""));
  }
}

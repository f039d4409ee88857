package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of a mention: it joins the active job of its subject, or a job is made for it. */
@Singleton
final class Acceptance {
  /** How much of a mention its job's story shows. */
  private static final int QUOTE = 200;

  private final MentionRows mentions;
  private final JobRows jobs;
  private final EffectRows effects;
  private final EventRows story;
  private final AttemptRows attempts;

  Acceptance(
      MentionRows mentions,
      JobRows jobs,
      EffectRows effects,
      EventRows story,
      AttemptRows attempts) {
    this.mentions = mentions;
    this.jobs = jobs;
    this.effects = effects;
    this.story = story;
    this.attempts = attempts;
  }

  /**
   * Keeps a mention that the store does not know yet.
   *
   * @return the job that is new because of it
   */
  Optional<Job> keep(JudgedMention judged, Instant now) {
    if (mentions.known(judged.mention().nodeId()).isPresent()) {
      return Optional.empty();
    }
    MentionRow row = added(judged, now);
    return switch (judged.verdict()) {
      case ACCEPTED -> {
        boolean joins = jobs.active(judged.mention().subject()).isPresent();
        Job job = serve(row, now);
        yield joins ? Optional.empty() : Optional.of(job);
      }
      case STOP -> {
        stop(row, now);
        yield Optional.empty();
      }
      case STRANGER, BOT, LIMITED, STALE -> Optional.empty();
    };
  }

  /** The job that serves {@code mention}, which is kept if it is not known yet. */
  Job accept(Mention mention, Instant now) {
    MentionRow row =
        mentions
            .known(mention.nodeId())
            .orElseGet(() -> added(new JudgedMention(mention, Verdict.ACCEPTED), now));
    return row.job().map(id -> jobs.findById(id.value()).toJob()).orElseGet(() -> serve(row, now));
  }

  /** Makes a new job for mentions that their old job ended without. */
  void serveAnew(List<MentionRow> unheard, Instant now) {
    if (!unheard.isEmpty()) {
      JobId job = made(unheard.getFirst(), now).id();
      unheard.forEach(row -> row.found(job));
    }
  }

  private MentionRow added(JudgedMention judged, Instant now) {
    MentionRow row = new MentionRow(judged, now);
    mentions.persist(row);
    return row;
  }

  private Job serve(MentionRow row, Instant now) {
    Mention mention = row.toMention();
    Job job =
        jobs.active(mention.subject())
            .map(active -> joined(active, row, now))
            .orElseGet(() -> made(row, now))
            .toJob();
    if (mention.source() != Mention.Source.COMMAND) {
      effects.planned(job.id(), Effect.Kind.REACTION, mention.nodeId(), now);
    }
    return job;
  }

  /** Ends the active job that {@code row} stands under, on its issue or its pull request. */
  private void stop(MentionRow row, Instant now) {
    Mention mention = row.toMention();
    Optional<JobRow> opener =
        jobs.opened(mention.subject().repository(), mention.subject().number());
    Optional<JobRow> active =
        jobs.active(mention.subject())
            .or(() -> opener.flatMap(job -> jobs.active(job.toJob().subject())));
    active.ifPresent(job -> stop(job, mention, now));
    active
        .or(() -> jobs.newest(mention.subject()))
        .or(() -> opener)
        .ifPresent(job -> {
          row.join(job.id());
          effects.planned(job.id(), Effect.Kind.REACTION, mention.nodeId(), now);
        });
  }

  private void stop(JobRow row, Mention mention, Instant now) {
    String who = mention.author().login();
    Job stopped = row.toJob().stop("%s said stop.".formatted(who), now);
    row.become(stopped);
    story.tell(stopped.id(), now, "stopped", "Stopped by a comment of %s".formatted(who));
    attempts.end(stopped, stopped.state().word());
  }

  private JobRow made(MentionRow row, Instant now) {
    Mention mention = row.toMention();
    JobRow job = new JobRow(mention, now);
    jobs.persist(job);
    row.found(job.id());
    story.tell(job.id(), now, "accepted", said(mention, "asked"));
    return job;
  }

  private JobRow joined(JobRow active, MentionRow row, Instant now) {
    row.join(active.id());
    story.tell(active.id(), now, "mention", said(row.toMention(), "added"));
    Job job = active.toJob();
    switch (job.state()) {
      case NeedsYou _ -> active.become(job.answer(now));
      case Queued _, Running _, Retrying _, Finished _ -> {}
    }
    return active;
  }

  private static String said(Mention mention, String verb) {
    return Columns.line(
        "%s %s: %s".formatted(mention.author().login(), verb, mention.text()), QUOTE);
  }
}

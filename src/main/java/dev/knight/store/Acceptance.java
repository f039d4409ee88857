package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Plan;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What becomes of a mention: it joins the active job of its subject, or a job is made for it. */
@Singleton
final class Acceptance {
  /** How much of a mention its job's story shows. */
  private static final int QUOTE = 200;

  private final MentionRows mentions;
  private final JobRows jobs;
  private final AssumptionRows assumptions;
  private final EffectRows effects;
  private final EventRows story;
  private final AttemptRows attempts;
  private final RemarkRows remarks;
  private final InstantSource clock;

  Acceptance(
      MentionRows mentions,
      JobRows jobs,
      AssumptionRows assumptions,
      EffectRows effects,
      EventRows story,
      AttemptRows attempts,
      RemarkRows remarks,
      InstantSource clock) {
    this.mentions = mentions;
    this.jobs = jobs;
    this.assumptions = assumptions;
    this.effects = effects;
    this.story = story;
    this.attempts = attempts;
    this.remarks = remarks;
    this.clock = clock;
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
    MentionRow row = MentionRow.of(judged);
    Optional<Job> made = decided(judged, row, now);
    added(judged, row, now);
    return made;
  }

  private Optional<Job> decided(JudgedMention judged, MentionRow row, Instant now) {
    return switch (judged.verdict()) {
      case ACCEPTED -> accepted(judged, row, now);
      case STOP -> {
        stop(row, now);
        yield Optional.empty();
      }
      case ASIDE -> {
        jobs.about(row.mention().subject()).ifPresent(job -> heard(job, row, now));
        yield Optional.empty();
      }
      case STRANGER, BOT, LIMITED, STALE -> Optional.empty();
    };
  }

  private Optional<Job> accepted(JudgedMention judged, MentionRow row, Instant now) {
    Optional<String> edited = judged.mention().editOf();
    if (edited.isPresent()) {
      mentions.known(edited.get()).ifPresent(before -> edited(before, row, now));
      return Optional.empty();
    }
    boolean joins = goesOn(judged.mention(), judged.open()).isPresent();
    Job job = serve(row, judged.open(), now);
    return joins ? Optional.empty() : Optional.of(job);
  }

  /**
   * {@code row} is an edit of {@code before}: told to the job that is under way, or, where no agent
   * knows the text yet, put in its place. After the job's end it changes nothing.
   */
  private void edited(MentionRow before, MentionRow row, Instant now) {
    Optional<Job> active = before.job().flatMap(jobs::find).filter(job -> !job.isFinished());
    if (active.isEmpty()) {
      return;
    }
    Job job = active.get();
    boolean known = before.isDelivered() || job.attempt() > 0;
    if (known || !before.isRequest() || before.kind() != row.kind()) {
      job = joined(job, row, now);
    } else {
      before.reword(row);
      mentions.update(before);
      row.join(job.id());
      row.aside();
      story.tell(job.id(), now, "mention", said(before.mention(), "wrote anew"));
    }
    if (!(job.state() instanceof Running)) {
      react(row, job.id(), now);
    }
  }

  /** The job that serves {@code mention}, which is kept if it is not known yet. */
  Job accept(Mention mention, Instant now) {
    JudgedMention judged = new JudgedMention(mention, Verdict.ACCEPTED);
    Optional<MentionRow> known = mentions.known(mention.nodeId());
    MentionRow row = known.orElseGet(() -> MentionRow.of(judged));
    if (row.job().isPresent()) {
      return jobs.there(row.job().get());
    }
    Job job = serve(row, true, now);
    if (known.isPresent()) {
      mentions.update(row);
    } else {
      added(judged, row, now);
    }
    return job;
  }

  /** Makes a new job for mentions that their old job ended without. */
  void serveAnew(List<MentionRow> unheard, Instant now) {
    if (!unheard.isEmpty()) {
      JobKind kind = unheard.getFirst().kind();
      JobId job = made(unheard.getFirst(), now).id();
      unheard.forEach(row -> {
        if (row.kind() == kind) {
          row.found(job);
        } else {
          row.join(job); // and waits for the end of that job, too
        }
        mentions.update(row);
        react(row, job, now);
      });
    }
  }

  /** Last of all: its row names the job that serves it, and is written once. */
  private void added(JudgedMention judged, MentionRow row, Instant now) {
    mentions.add(row, now);
    if (judged.verdict() == Verdict.ACCEPTED) {
      remarks.keep(judged.mention().nodeId(), judged.remarks());
    }
  }

  private Job serve(MentionRow row, boolean open, Instant now) {
    Mention mention = row.mention();
    Optional<Job> there = goesOn(mention, open);
    if (there.isEmpty() && mention.source() == Mention.Source.WATCH) {
      Optional<Job> over = jobs.about(mention.subject());
      if (over.isPresent()) {
        row.join(over.get().id()); // called off meanwhile, and what knight saw is no request
        return over.get();
      }
    }
    // Its agent may be at work, and then the person is told once it has heard this.
    boolean runs = there.filter(job -> job.state() instanceof Running).isPresent();
    Job job = there.map(goesOn -> joined(goesOn, row, now)).orElseGet(() -> made(row, now));
    if (!runs) {
      react(row, job.id(), now);
    }
    return job;
  }

  private void react(MentionRow row, JobId job, Instant now) {
    Mention mention = row.mention();
    if (mention.source().takesReactions()) {
      effects.planned(job, Effect.Kind.REACTION, mention.nodeId(), now);
    }
  }

  /** The agents have heard those mentions, and whoever wrote them is to know it. */
  void heard(Collection<String> nodeIds) {
    Instant now = clock.instant();
    mentions.delivered(nodeIds);
    for (MentionRow row : mentions.of(nodeIds)) {
      row.job().ifPresent(job -> react(row, job, now));
    }
  }

  /**
   * The job that goes on with {@code mention}: the active one of its subject; or, under an {@code
   * open} pull request of knight's own, the job that opened it, also if that was done, and also
   * while another one reads there; or, in an issue that its pull request has not closed yet, the
   * one that was done without an answer.
   */
  private Optional<Job> goesOn(Mention mention, boolean open) {
    Optional<Job> active = jobs.active(mention.subject());
    boolean changes = active.filter(job -> job.kind() == JobKind.IMPLEMENT).isPresent();
    return changes || !open || !mayReopen(mention)
        ? active
        : opener(mention.subject()).or(() -> active).or(() -> unanswered(mention.subject()));
  }

  private Optional<Job> unanswered(Subject issue) {
    return jobs.newest(issue)
        .filter(job -> job.state() instanceof Done && assumptions.areOpen(job.id()));
  }

  private static boolean mayReopen(Mention mention) {
    return JobKind.of(mention.order()) == JobKind.IMPLEMENT;
  }

  private Optional<Job> opener(Subject pullRequest) {
    return jobs.opened(pullRequest.repository(), pullRequest.number())
        .flatMap(opener ->
            jobs.active(opener.subject()).or(() -> Optional.of(opener).filter(Acceptance::isOver)));
  }

  /** What a person called off stays so. */
  private static boolean isOver(Job job) {
    return switch (job.state()) {
      case Done _, Failed _ -> true;
      case Queued _, Running _, Retrying _, NeedsYou _, Answered _, NoChange _, Stopped _ -> false;
    };
  }

  /** Ends the active job that {@code row} stands under, on its issue or its pull request. */
  private void stop(MentionRow row, Instant now) {
    Mention mention = row.mention();
    Optional<Job> about = jobs.about(mention.subject());
    about.filter(job -> !job.isFinished()).ifPresent(job -> stop(job, mention, now));
    about.ifPresent(job -> heard(job, row, now));
  }

  /** {@code row} is about {@code job}, and is no part of it. */
  private void heard(Job job, MentionRow row, Instant now) {
    row.join(job.id());
    react(row, job.id(), now);
  }

  private void stop(Job job, Mention mention, Instant now) {
    String who = mention.author().login();
    Job stopped = changed(job, job.stop("%s said stop.".formatted(who), now));
    story.tell(stopped.id(), now, "stopped", "Stopped by a comment of %s".formatted(who));
    attempts.end(stopped, stopped.state().word());
  }

  private Job made(MentionRow row, Instant now) {
    Mention mention = row.mention();
    Job job = jobs.made(mention, now);
    row.found(job.id());
    story.tell(job.id(), now, "accepted", said(mention, "asked"));
    return job;
  }

  private Job joined(Job job, MentionRow row, Instant now) {
    Mention mention = row.mention();
    row.join(job.id());
    story.tell(job.id(), now, "mention", said(mention, "added"));
    return switch (job.state()) {
      case NeedsYou _ when job.isPlanned() && mention.order() == Order.GO -> {
        String who = mention.author().login();
        if (Plan.Proposed.holds(mention.text())) {
          row.delivered(); // what was said with it is a part of the plan now
        }
        story.tell(job.id(), now, "approved", "%s agreed to the plan".formatted(who));
        yield changed(job, job.approve(who, Optional.of(mention.text()), now));
      }
      case NeedsYou _ -> changed(job, job.answer(now));
      case Queued _ when job.attempt() == 0 && mention.order() == Order.PLAN ->
          changed(job, job.planFirst(now));
      case Done _, Failed _ -> {
        story.tell(job.id(), now, "reopened", "Goes on with what it had done");
        yield changed(job, job.reopen(mention.at(), now));
      }
      case Queued _, Running _, Retrying _, Answered _, NoChange _, Stopped _ -> job;
    };
  }

  /** Where several processes write, another one may be quicker; then this mention is read again. */
  private Job changed(Job before, Job after) {
    return jobs.replace(before, after)
        .orElseThrow(() -> new IllegalStateException("Somebody else changed job " + before.id()));
  }

  /** What knight saw by itself is nobody else's word, though it is told in the requester's name. */
  private static String said(Mention mention, String verb) {
    boolean own = mention.source() == Mention.Source.WATCH;
    String who = own ? "knight" : mention.author().login();
    return Columns.line("%s %s: %s".formatted(who, verb, mention.text()), QUOTE);
  }
}

package dev.knight.attempt;

import dev.knight.agent.SessionRequest.Tools;
import dev.knight.git.Snapshot;
import dev.knight.git.Worktree;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Order;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import dev.knight.overlay.Sight;
import dev.knight.publish.BranchMovedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One try at a job, from its mention to its pull request: read {@link #run} aloud. After a crash it
 * runs again from the top; each step finds what it had made.
 */
@Singleton
public final class Attempt {
  /** People who go on adding to a job that was about to be published get their say this often. */
  private static final int MOST_ADDITIONS = 5;

  /** A base that moves while the checks run is followed so often; then GitHub is to merge it. */
  private static final int MOST_JOINS = 3;

  /** People who push faster than knight can follow get an end of it. */
  private static final int MOST_MOVES = 3;

  private final Preparation preparation;
  private final Planner planner;
  private final Conversations conversations;
  private final Prompts prompts;
  private final Polish polish;
  private final Publication publication;
  private final Inquiry inquiry;
  private final Rounds rounds;
  private final AttemptSettings settings;
  private final JobStore store;
  private final InstantSource clock;
  private final Executor aside;
  private final Radar radar;
  private final Upstream upstream;

  @Inject
  Attempt(
      Preparation preparation,
      Planner planner,
      Conversations conversations,
      Prompts prompts,
      Polish polish,
      Publication publication,
      Inquiry inquiry,
      Rounds rounds,
      AttemptSettings settings,
      JobStore store,
      InstantSource clock) {
    this(
        preparation,
        planner,
        conversations,
        prompts,
        polish,
        publication,
        inquiry,
        rounds,
        settings,
        store,
        clock,
        Thread.ofVirtual().name("overseer")::start);
  }

  /** {@code aside} runs what a limit asks for on a thread of its own. */
  Attempt(
      Preparation preparation,
      Planner planner,
      Conversations conversations,
      Prompts prompts,
      Polish polish,
      Publication publication,
      Inquiry inquiry,
      Rounds rounds,
      AttemptSettings settings,
      JobStore store,
      InstantSource clock,
      Executor aside) {
    this.preparation = preparation;
    this.planner = planner;
    this.conversations = conversations;
    this.prompts = prompts;
    this.polish = polish;
    this.publication = publication;
    this.inquiry = inquiry;
    this.rounds = rounds;
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.aside = aside;
    this.radar = new Radar(store, clock, aside);
    this.upstream = new Upstream(publication);
  }

  /**
   * Runs the job to its outcome, and tells {@code progress} each step that it enters.
   *
   * @throws dev.knight.job.RefusedException when the requester must act
   * @throws dev.knight.job.UnavailableException when it may go better later
   * @throws dev.knight.job.MisconfiguredException when the operator must act
   * @throws dev.knight.job.LeaseLostException when the job is not this worker's any more
   */
  public Outcome run(Progress progress) {
    for (int moves = 1; ; moves++) {
      try {
        return once(progress);
      } catch (BranchMovedException moved) {
        if (moves > MOST_MOVES) {
          throw moved.refused();
        }
      }
    }
  }

  /** The straight line. Whoever pushes to the branch meanwhile has it begin from the top. */
  private Outcome once(Progress progress) {
    progress.enter(Step.PREPARE);
    Optional<Outcome> over = rounds.over(progress);
    if (over.isPresent()) {
      return over.get();
    }
    Workplace prepared = preparation.prepare(progress);
    try (Sight _ = shown(prepared.worktree(), progress)) {
      return worked(prepared, progress);
    }
  }

  /** Nobody works in it who was shown its files by something that is gone. */
  private Sight shown(Worktree worktree, Progress progress) {
    if (!worktree.isShown()) {
      conversations.end(progress.job().id());
    }
    return worktree.sight();
  }

  private Outcome worked(Workplace prepared, Progress progress) {
    if (Inquiry.isOne(progress.job())) {
      return inquired(prepared, overseer(prepared, progress), progress);
    }
    Workplace place = Upstream.resumed(prepared);
    rounds.catchUp(place, progress);
    Overseer overseer = overseer(place, progress);
    preparation.setUp(place, overseer.budget(), progress);

    Optional<Outcome> plan = planner.plan(place, overseer, progress);
    if (plan.isPresent()) {
      return plan.get();
    }
    try (Implementer implementer = implementer(place, overseer, progress);
        Radar.Sweep _ = radar.sweep(place, implementer::clash, progress)) {
      progress.enter(Step.IMPLEMENT);
      Answer first = implementer.implement(place.brief(), place.config(), place.style());
      // What an earlier run has told the agent is in its journal: this costs nothing, and the last
      // answer is the one that counts.
      Answer answer = earlier(implementer, progress, first);
      Optional<Snapshot> released =
          undelivered(progress).isPresent() ? Optional.empty() : released(place, progress);
      answer = rounds.settled(implementer, place, progress, answer);
      answer = additions(implementer, progress, answer);
      Outcome outcome = result(place, implementer, released, answer, overseer, progress);
      return rounds.ended(outcome, implementer.reviewed(), place, progress);
    } catch (LimitReachedException limit) {
      return new Outcome.LimitReached(Unfinished.sentence(limit, progress.job(), place));
    }
  }

  private Outcome inquired(Workplace place, Overseer overseer, Progress progress) {
    try {
      return inquiry.run(place, overseer, progress);
    } catch (LimitReachedException limit) {
      return new Outcome.LimitReached(Unfinished.sentence(limit, progress.job(), place));
    }
  }

  private Overseer overseer(Workplace place, Progress progress) {
    Job job = progress.job();
    Budget budget =
        new Budget(
            place.limits(),
            job.spent(),
            job.mandate().before(),
            conversations.meter(job.id()),
            clock);
    // Who only reads changes no file, and is not stopped for it.
    Supplier<String> tree =
        Inquiry.isOne(job)
            ? () -> "read at " + clock.instant()
            : () -> place.worktree().snapshot().tree();
    return new Overseer(
        budget, tree, place.mirror().tree(place.worktree().base()), progress, clock, aside);
  }

  /**
   * Commits what the worktree of {@code job} holds to a branch of the local mirror, so that no end
   * of a job throws work away. Whatever of its agent still works is ended. May be called again, and
   * after a crash: what is kept is found. GitHub is not asked.
   *
   * @return the branch; empty if there is nothing to keep, or if it cannot be committed: then the
   *     worktree still has it
   */
  public Optional<String> keep(Job job) {
    conversations.end(job.id());
    return publication.keep(job);
  }

  private Outcome result(
      Workplace place,
      Implementer implementer,
      Optional<Snapshot> released,
      Answer first,
      Overseer overseer,
      Progress progress) {
    Workplace here = place;
    Answer answer = upstream.settled(implementer, here, first);
    Optional<Polished> merged = Optional.empty();
    int joins = 0;
    for (int round = 1; ; round++) {
      if (answer.asks()) {
        return new Outcome.Question(answer.question());
      }
      Snapshot snapshot =
          round == 1 && released.isPresent() ? released.get() : here.worktree().snapshot();
      if (!snapshot.isChanged() && !says(answer, Answer.Outcome.NO_CHANGE)) {
        answer = implementer.again(snapshot.tree());
        snapshot = here.worktree().snapshot();
      }
      if (!snapshot.isChanged()) {
        return answer.asks()
            ? new Outcome.Question(answer.question())
            : new Outcome.NoChange(reason(answer));
      }
      Polished polished =
          merged.isPresent()
              ? polish.merged(here, implementer, merged.get(), snapshot, overseer, progress)
              : polish.polish(here, implementer, answer, snapshot, overseer, progress);
      merged = Optional.empty();
      Answer last = additions(implementer, progress, polished.answer());
      if (last.equals(polished.answer()) || round > MOST_ADDITIONS) {
        Optional<Workplace> joined =
            ++joins > MOST_JOINS
                ? Optional.empty()
                : upstream.join(here, polished.snapshot(), progress);
        if (joined.isEmpty()) {
          progress.enter(Step.PUBLISH);
          return publication.publish(here, polished, implementer, progress);
        }
        here = joined.get();
        // What goes together by itself needs its checks, and no model.
        merged = Upstream.conflicts(here).isEmpty() ? Optional.of(polished) : Optional.empty();
        last = upstream.settled(implementer, here, last);
      }
      answer = last;
    }
  }

  /** What a person has let through, without what the checks have left beside it since. */
  private Optional<Snapshot> released(Workplace place, Progress progress) {
    return progress
        .job()
        .hold()
        .filter(hold -> hold.isReleased() && !rounds.isOutdated(progress.job()))
        .flatMap(hold -> place.worktree().snapshot(hold.tree()));
  }

  private Answer earlier(Implementer implementer, Progress progress, Answer first) {
    Answer answer = first;
    for (StoredMention told : mentions(progress).stream().skip(1).toList()) {
      if (told.delivered() && !implementer.hasHeard(told)) {
        answer = implementer.more(told, answer);
      }
    }
    return answer;
  }

  private Answer additions(Implementer implementer, Progress progress, Answer before) {
    Answer answer = before;
    for (Optional<StoredMention> next = undelivered(progress);
        next.isPresent();
        next = undelivered(progress)) {
      answer = implementer.hasHeard(next.get()) ? answer : implementer.more(next.get(), answer);
    }
    return answer;
  }

  private Optional<StoredMention> undelivered(Progress progress) {
    return mentions(progress).stream().filter(mention -> !mention.delivered()).findFirst();
  }

  /** What is for this job's agent: a review that somebody wants is a job of its own afterwards. */
  private List<StoredMention> mentions(Progress progress) {
    return store.mentions(progress.job().id()).stream()
        .filter(mention -> mention.mention().order() != Order.REVIEW)
        .toList();
  }

  private Implementer implementer(Workplace place, Overseer overseer, Progress progress) {
    Conversation conversation =
        conversations.open(
            progress.job().id().toString(), place, Tools.ALL, settings.model(), overseer, progress);
    Questions manner = settings.questions().or(place.config().questions());
    Assumed assumed = new Assumed(conversation, prompts, store, progress, place, manner);
    Steering steering = new Steering(conversation.session(), prompts, store, progress, aside);
    return new Implementer(conversation, steering, inquiry, assumed, prompts, store, progress);
  }

  private static boolean says(Answer answer, Answer.Outcome outcome) {
    return answer.outcome().equals(Optional.of(outcome));
  }

  private static String reason(Answer answer) {
    return answer.summary().isBlank()
        ? "The agent changed nothing and gave no reason."
        : answer.summary();
  }
}

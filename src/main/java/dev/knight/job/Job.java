package dev.knight.job;

import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One unit of work for one issue or pull request. Immutable: each verb is one arrow of the state
 * machine and returns the job as it is after it, or throws {@link IllegalTransitionException}.
 * Whether the arrow really happened is the store's to say ({@link JobStore#replace}).
 *
 * @param id its number
 * @param version grows with every write; the store replaces a row only if it still has the version
 *     that was read
 * @param subject the issue or pull request
 * @param kind what it is asked to do
 * @param title the title of the issue
 * @param requester who asked, and is tagged at the end
 * @param state where it stands
 * @param attempt the try that is running or ended last, from 1; 0 before the first claim
 * @param token the lease token given out last; the next claim's is one more
 * @param branch the branch of its pull request, once it is known
 * @param spent what it has cost
 * @param setbacks what went wrong on its way
 * @param hold what of its work was held back last, if something was
 * @param mandate what its people have given it to work with
 * @param createdAt when it was accepted
 * @param updatedAt when it last changed
 */
public record Job(
    JobId id,
    long version,
    Subject subject,
    JobKind kind,
    String title,
    Person requester,
    JobState state,
    int attempt,
    long token,
    Optional<String> branch,
    Spent spent,
    Setbacks setbacks,
    Optional<Hold> hold,
    Mandate mandate,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * A worker takes it. A queued or due job starts its next attempt. One that only waited for the
   * world or the operator, and a running one whose lease has run out, go on with the attempt that
   * they have, from its first step, since each step finds its own result.
   */
  public Job claim(String owner, Instant leaseEnd, Instant now) {
    Lease lease = new Lease(owner, token + 1, leaseEnd);
    return switch (state) {
      case Queued _ -> leased(lease, attempt + 1, now);
      case Retrying(Instant dueAt, _) when !now.isBefore(dueAt) ->
          leased(lease, setbacks.isWaiting() ? attempt : attempt + 1, now);
      case Running(Lease old, _) when !now.isBefore(old.expiresAt()) -> leased(lease, attempt, now);
      case Retrying _, Running _, NeedsYou _, Finished _ -> throw illegal("claim");
    };
  }

  /** The worker enters {@code step}. */
  public Job enter(Step step, Instant now) {
    return switch (state) {
      case Running(Lease lease, _) -> with(setbacks.entered()).in(new Running(lease, step), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("enter");
    };
  }

  /** The worker keeps its lease until {@code leaseEnd}. */
  public Job renew(Instant leaseEnd, Instant now) {
    return switch (state) {
      case Running(Lease(String owner, long leaseToken, _), Step step) ->
          in(new Running(new Lease(owner, leaseToken, leaseEnd), step), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("renew");
    };
  }

  /** The worker gives up for now, because of {@code failure}: tried again at {@code dueAt}. */
  public Job retryAt(Instant dueAt, Failure failure, Instant now) {
    return switch (state) {
      case Running _ ->
          with(setbacks.after(failure, now)).in(new Retrying(dueAt, failure.sentence()), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("retryAt");
    };
  }

  /**
   * The worker hands it back before it began: tried again at {@code dueAt}, as the same attempt.
   */
  public Job postpone(Instant dueAt, String reason, Instant now) {
    int begun = setbacks.isWaiting() ? attempt : attempt - 1; // what the next claim counts
    return switch (state) {
      case Running _ ->
          new Job(
              id,
              version,
              subject,
              kind,
              title,
              requester,
              new Retrying(dueAt, reason),
              begun,
              token,
              branch,
              spent,
              setbacks,
              hold,
              mandate,
              createdAt,
              now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("postpone");
    };
  }

  /** It need not wait for the next try any more: it is due now. */
  public Job retryNow(Instant now) {
    return switch (state) {
      case Retrying(_, String reason) -> in(new Retrying(now, reason), now);
      case Queued _, Running _, NeedsYou _, Finished _ -> throw illegal("retryNow");
    };
  }

  /**
   * The worker hands the job back untouched, because the service ends: it goes on with the same
   * attempt.
   */
  public Job release(Instant now) {
    return switch (state) {
      case Running(Lease lease, Step step) ->
          with(setbacks.handedBack()).in(new Running(lease.handedBack(now), step), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("release");
    };
  }

  /**
   * The next service finds it running: it goes on with the same attempt. If the service before died
   * under it, and the one before that, a person has to want it again.
   */
  public Job takeBack(Instant now) {
    return switch (state) {
      case Running(Lease lease, _) when lease.isHandedBack() -> in(state, now);
      case Running(Lease lease, Step step) -> {
        Job crashed = with(setbacks.crashed());
        yield crashed.setbacks.isPoison()
            ? crashed.in(new NeedsYou(crashed.poisonous()), now)
            : crashed.in(new Running(lease.handedBack(now), step), now);
      }
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("takeBack");
    };
  }

  /** The worker parks it for a person. */
  public Job ask(String question, Instant now) {
    return switch (state) {
      case Running _ -> in(new NeedsYou(question), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("ask");
    };
  }

  /** The worker parks it until a person has seen {@code held}, of which nothing is pushed. */
  public Job hold(Hold held, String question, Instant now) {
    return switch (state) {
      case Running _ -> with(Optional.of(held)).in(new NeedsYou(question), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("hold");
    };
  }

  /** {@code who} lets exactly that through which is held: it is queued again. */
  public Job letThrough(String who, Instant now) {
    return switch (state) {
      case NeedsYou _ when isHeld() ->
          with(hold.map(held -> held.letThrough(who))).with(Setbacks.NONE).in(new Queued(), now);
      case Queued _, Retrying _, Running _, NeedsYou _, Finished _ -> throw illegal("letThrough");
    };
  }

  /**
   * The person answered: it is queued again, and what went wrong before counts no more. What is
   * held is not let through by an answer.
   */
  public Job answer(Instant now) {
    return switch (state) {
      case NeedsYou _ ->
          with(hold.filter(Hold::isReleased)).with(Setbacks.NONE).in(new Queued(), now);
      case Queued _, Retrying _, Running _, Finished _ -> throw illegal("answer");
    };
  }

  /** A plan is to be made before anything else. */
  public Job planFirst(Instant now) {
    return switch (state) {
      case Queued _, Running _, Retrying _, NeedsYou _ ->
          with(mandate.with(new Plan.Wanted())).in(state, now);
      case Finished _ -> throw illegal("planFirst");
    };
  }

  /** The worker parks it until a person agrees to {@code plan}. */
  public Job propose(String plan, Instant now) {
    return switch (state) {
      case Running _ -> with(mandate.with(new Plan.Proposed(plan))).in(new NeedsYou(plan), now);
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("propose");
    };
  }

  /**
   * {@code who} agrees to the plan that it waits with: it is queued again.
   *
   * @param words what was said with it, which counts as agreed on, too
   */
  public Job approve(String who, Optional<String> words, Instant now) {
    return switch (state) {
      case NeedsYou _ when isPlanned() && mandate.plan() instanceof Plan.Proposed proposed ->
          with(mandate.with(proposed.agreed(who, words))).with(Setbacks.NONE).in(new Queued(), now);
      case Queued _, Retrying _, Running _, NeedsYou _, Finished _ -> throw illegal("approve");
    };
  }

  /**
   * A person wants more of what was finished: it is queued again as the same job, with its branch,
   * its worktree and its session, and with a budget that begins now.
   *
   * @param at when the person said so, by the clock of where it was said
   */
  public Job reopen(Instant at, Instant now) {
    return switch (state) {
      case Done _, Failed _ -> again(mandate.from(spent, at), now);
      case Queued _, Retrying _, Running _, NeedsYou _, Answered _, NoChange _, Stopped _ ->
          throw illegal("reopen");
    };
  }

  /**
   * {@code who} gives it the same budget once more, since a limit ended it: it is queued again, and
   * goes on where it was.
   *
   * @param at when that was said, by the clock of where it was said
   */
  public Job extend(String who, Instant at, Instant now) {
    return switch (state) {
      case Failed(_, _, boolean limited) when limited ->
          again(mandate.from(spent, at).extendedBy(who), now);
      case Queued _, Retrying _, Running _, NeedsYou _, Finished _ -> throw illegal("extend");
    };
  }

  /**
   * The worker brought it to an end of its own. {@link Stopped} is a person's: see {@link #stop}.
   */
  public Job finish(Finished end, Instant now) {
    return switch (state) {
      case Running _ ->
          switch (end) {
            case Done _, Answered _, NoChange _, Failed _ -> in(end, now);
            case Stopped _ -> throw illegal("finish as stopped");
          };
      case Queued _, Retrying _, NeedsYou _, Finished _ -> throw illegal("finish");
    };
  }

  /** Something about its pull request is to be told that came after its end, which it stays. */
  public Job notice(Instant now) {
    return switch (state) {
      case Done _ -> in(state, now);
      case Queued _,
          Running _,
          Retrying _,
          NeedsYou _,
          Answered _,
          NoChange _,
          Failed _,
          Stopped _ ->
          throw illegal("notice");
    };
  }

  /** Its pull request is no draft any more. It stays the same end. */
  public Job ready(Instant now) {
    return switch (state) {
      case Done(var pullRequest, _, String reason) -> in(new Done(pullRequest, false, reason), now);
      case Queued _,
          Running _,
          Retrying _,
          NeedsYou _,
          Answered _,
          NoChange _,
          Failed _,
          Stopped _ ->
          throw illegal("ready");
    };
  }

  /** A person calls it off, whatever it is doing; the worker meets this at its next write. */
  public Job stop(String reason, Instant now) {
    return switch (state) {
      case Queued _, Running _, Retrying _, NeedsYou _ -> in(new Stopped(reason), now);
      case Finished _ -> throw illegal("stop");
    };
  }

  /**
   * The work of a job that was called off has been looked for, and lies on {@code branch} of the
   * mirror if there was any. It stays the same end.
   */
  public Job kept(Optional<String> branch, Instant now) {
    return switch (state) {
      case Stopped(String reason, _) -> in(new Stopped(reason, branch), now);
      case Queued _, Running _, Retrying _, NeedsYou _, Done _, Answered _, NoChange _, Failed _ ->
          throw illegal("kept");
    };
  }

  /** The same job on {@code name}, its branch. */
  public Job onBranch(String name) {
    return new Job(
        id,
        version,
        subject,
        kind,
        title,
        requester,
        state,
        attempt,
        token,
        Optional.of(name),
        spent,
        setbacks,
        hold,
        mandate,
        createdAt,
        updatedAt);
  }

  /** The same job, having cost {@code total} so far. */
  public Job having(Spent total) {
    return new Job(
        id, version, subject, kind, title, requester, state, attempt, token, branch, total,
        setbacks, hold, mandate, createdAt, updatedAt);
  }

  /** What it has cost since its present budget began. */
  public Spent used() {
    return spent.minus(mandate.before());
  }

  /** What people can do to it by a reaction to its status comment, as it stands. */
  public Set<Control> controls() {
    return switch (state) {
      case Queued _, Running _, Retrying _ -> EnumSet.of(Control.STOP, Control.ACCOUNT);
      case NeedsYou _ when isHeld() -> EnumSet.of(Control.STOP, Control.RELEASE);
      case NeedsYou _ when isPlanned() -> EnumSet.of(Control.STOP, Control.APPROVE);
      case NeedsYou _ -> EnumSet.of(Control.STOP);
      case Failed(_, _, boolean limited) ->
          limited ? EnumSet.of(Control.EXTEND) : EnumSet.noneOf(Control.class);
      case Done _, Answered _, NoChange _, Stopped _ -> EnumSet.noneOf(Control.class);
    };
  }

  /** The steps on its way, in order, up to the last that people follow. */
  public List<Step> steps() {
    boolean planned =
        !(mandate.plan() instanceof Plan.None)
            || (state instanceof Running(_, Step step) && step == Step.PLAN);
    return Stream.of(Step.values())
        .filter(step -> step != Step.REPORT && (planned || step != Step.PLAN))
        .toList();
  }

  /** Whether it waits for a person to agree to its plan. */
  public boolean isPlanned() {
    return state instanceof NeedsYou(String question)
        && mandate.plan() instanceof Plan.Proposed(String text)
        && question.equals(text);
  }

  /** Whether it waits for a person to let through what it made. */
  public boolean isHeld() {
    return state instanceof NeedsYou && hold.filter(held -> !held.isReleased()).isPresent();
  }

  /** Whether a person has let exactly {@code tree} through. */
  public boolean mayPublish(String tree) {
    return hold.filter(held -> held.isReleased() && held.tree().equals(tree)).isPresent();
  }

  /** Whether it is over. */
  public boolean isFinished() {
    return state instanceof Finished;
  }

  /** The pull request that came of it, if one did. */
  public Optional<java.net.URI> pullRequest() {
    return state instanceof Done done ? Optional.of(done.pullRequest()) : Optional.empty();
  }

  /** Why it waits, what it asks, or what came of it; empty while it is worked on or queued. */
  public Optional<String> reason() {
    return switch (state) {
      case Queued _, Running _ -> Optional.empty();
      case Retrying(_, String reason) -> Optional.of(reason);
      case NeedsYou(String question) -> Optional.of(question);
      case Finished end -> Optional.of(end.reason());
    };
  }

  private Job again(Mandate next, Instant now) {
    return with(next).with(Setbacks.NONE).with(Optional.empty()).in(new Queued(), now);
  }

  private Job leased(Lease lease, int nextAttempt, Instant now) {
    return new Job(
        id,
        version,
        subject,
        kind,
        title,
        requester,
        new Running(lease, Step.PREPARE),
        nextAttempt,
        lease.token(),
        branch,
        spent,
        setbacks.claimed(),
        hold,
        mandate,
        createdAt,
        now);
  }

  private Job with(Setbacks next) {
    return new Job(
        id, version, subject, kind, title, requester, state, attempt, token, branch, spent, next,
        hold, mandate, createdAt, updatedAt);
  }

  private Job in(JobState next, Instant now) {
    return new Job(
        id, version, subject, kind, title, requester, next, attempt, token, branch, spent, setbacks,
        hold, mandate, createdAt, now);
  }

  private Job with(Optional<Hold> next) {
    return new Job(
        id, version, subject, kind, title, requester, state, attempt, token, branch, spent,
        setbacks, next, mandate, createdAt, updatedAt);
  }

  private Job with(Mandate next) {
    return new Job(
        id, version, subject, kind, title, requester, state, attempt, token, branch, spent,
        setbacks, hold, next, createdAt, updatedAt);
  }

  private String poisonous() {
    return "knight died %d times in a row while it worked on this, so I do not go on by myself. Shall I"
            .formatted(setbacks.crashes())
        + " try again? (The operator can also run `knight retry %s`.)".formatted(id);
  }

  private IllegalTransitionException illegal(String verb) {
    return new IllegalTransitionException(id, state, verb);
  }
}

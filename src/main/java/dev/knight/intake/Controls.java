package dev.knight.intake;

import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Reacted;
import dev.knight.github.Reaction;
import dev.knight.github.Reactions;
import dev.knight.job.Control;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.Plan;
import dev.knight.job.RefusedException;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryName;
import dev.knight.publish.AccountText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks for the reactions by which people control a job, on its status comment. One counts if
 * somebody gave it who may command knight. What answers something that is shown, as a 🚀 does a
 * plan, counts only if it was given after the comment came to show exactly that, both by GitHub's
 * clock. What was done already is told by the job's state, and by a reply that is there already: so
 * a restart does nothing twice. One thread at a time.
 */
final class Controls {
  private static final Logger LOG = Logger.getLogger(Controls.class);

  /** So long after a limit has ended a job somebody may give it more. */
  private static final Duration EXTENDABLE = Duration.ofDays(7);

  /** Whoever gathers more strangers than this gets them asked about no further. */
  private static final int MOST_ASKED = 100;

  /** More jobs of one repository are looked at in turn. */
  private static final int MOST_LOOKS = 20;

  /** A job changes a few times a second at most. */
  private static final int TRIES = 5;

  private final GitHub github;
  private final JobStore store;
  private final Trust trust;
  private final AccountText account;
  private final InstantSource clock;
  private final Map<JobId, Look> looks = new HashMap<>();
  private long looked;

  Controls(GitHub github, JobStore store, Trust trust, AccountText account, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.trust = trust;
    this.account = account;
    this.clock = clock;
  }

  /**
   * What is known of a job's status comment.
   *
   * @param comment its number
   * @param reactions what it bore
   * @param settled for what of the job all of them were judged; empty if they were not
   * @param turn grows with each look
   */
  private record Look(long comment, Reactions reactions, String settled, long turn) {}

  /** The jobs that can be controlled now, for a round of looks. */
  LiveJobs live() {
    Instant now = clock.instant();
    LiveJobs live = new LiveJobs(store.controllable(now.minus(EXTENDABLE)), now);
    looks.keySet().retainAll(live.all().stream().map(Job::id).collect(Collectors.toSet()));
    return live;
  }

  /** Looks at the {@code live} jobs of {@code repository}. */
  void look(RepositoryName repository, LiveJobs live) {
    live.of(repository).stream()
        .sorted(Comparator.comparingLong(this::turn))
        .limit(MOST_LOOKS)
        .toList()
        .forEach(this::look);
  }

  private long turn(Job job) {
    return Optional.ofNullable(looks.get(job.id())).map(Look::turn).orElse(-1L);
  }

  private void look(Job job) {
    try {
      status(job).ifPresent(comment -> look(job, comment));
    } catch (RefusedException gone) {
      LOG.infof("job=%s Nobody can react to it: %s", job.id(), gone.getMessage());
    }
  }

  private void look(Job job, long comment) {
    Optional<Look> before =
        Optional.ofNullable(looks.get(job.id())).filter(look -> look.comment() == comment);
    Optional<Reactions> now =
        github.reactions(
            job.subject().repository(), comment, before.flatMap(look -> look.reactions().etag()));
    Reactions reactions = now.or(() -> before.map(Look::reactions)).orElseThrow();
    String situation = situation(job);
    boolean settled =
        now.isEmpty() && before.filter(look -> look.settled().equals(situation)).isPresent();
    if (!settled) {
      settled = judge(job, comment, reactions.all());
    }
    looks.put(job.id(), new Look(comment, reactions, settled ? situation : "", ++looked));
  }

  /** What a reaction may answer: while it stays the same, one that was judged stays judged. */
  private static String situation(Job job) {
    return "%s %s %s"
        .formatted(job.controls(), job.hold().map(Hold::tree).orElse(""), job.mandate());
  }

  /** The number of the status comment, once it is there. */
  private Optional<Long> status(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.STATUS_COMMENT)
        .filter(effect -> effect.state() == Effect.State.DONE)
        .findFirst()
        .flatMap(Effect::externalId)
        .map(Long::parseLong);
  }

  /** Does what the reactions ask for; says whether each of them was judged. */
  private boolean judge(Job job, long comment, List<Reacted> reactions) {
    List<Reacted> given =
        reactions.reversed().stream()
            .filter(reacted -> control(job, reacted.how()).isPresent())
            .filter(reacted -> !reacted.by().bot() && !isMe(reacted.by()))
            .limit(MOST_ASKED)
            .toList();
    if (given.isEmpty()) {
      return true;
    }
    if (stops(job, given)) {
      return true;
    }
    given.stream()
        .filter(reacted -> reacted.how() == Reaction.CONFUSED && isOfNow(job, reacted))
        .filter(reacted -> isAdmitted(job, reacted))
        .forEach(reacted -> account(job, reacted));
    List<Reacted> answers =
        given.stream()
            .filter(
                reacted -> reacted.how() == Reaction.THUMBS_UP || reacted.how() == Reaction.ROCKET)
            .toList();
    return answers.isEmpty() || answered(job, comment, answers);
  }

  /** What {@code reaction} does to {@code job} as it stands, if anything. */
  private static Optional<Control> control(Job job, Reaction reaction) {
    Set<Control> live = job.controls();
    return switch (reaction) {
      case THUMBS_DOWN -> Optional.of(Control.STOP).filter(live::contains);
      case CONFUSED -> Optional.of(Control.ACCOUNT).filter(live::contains);
      case THUMBS_UP -> Optional.of(Control.RELEASE).filter(live::contains);
      case ROCKET ->
          live.stream().filter(it -> it == Control.APPROVE || it == Control.EXTEND).findFirst();
      case EYES -> Optional.empty();
    };
  }

  private boolean stops(Job job, List<Reacted> given) {
    Optional<Reacted> stop =
        given.stream()
            .filter(reacted -> reacted.how() == Reaction.THUMBS_DOWN && isOfNow(job, reacted))
            .filter(reacted -> isAdmitted(job, reacted))
            .findFirst();
    stop.ifPresent(reacted -> {
      String who = reacted.by().login();
      change(
          job,
          Control.STOP,
          reacted,
          "stopped",
          "Stopped by a 👎 of " + who,
          (it, now) -> it.stop("%s gave this a 👎.".formatted(who), now));
    });
    return stop.isPresent();
  }

  /** What was given before the job came to go on after its end was about something else. */
  private static boolean isOfNow(Job job, Reacted reacted) {
    return job.mandate().since().filter(since -> reacted.at().isBefore(since)).isEmpty();
  }

  /** What had the job go on is used up, also where the comment shows the same end once more. */
  private static boolean isNewTo(Job job, Reacted reacted) {
    return job.mandate().since().filter(since -> !reacted.at().isAfter(since)).isEmpty();
  }

  private void account(Job job, Reacted reacted) {
    Reply reply =
        Reply.in(
            job.subject(),
            "account %s %d".formatted(job.id(), reacted.id()),
            Optional.of(job.id()),
            account.of(job),
            clock.instant());
    store.reply(reply);
  }

  /** Whether the comment shows what is true now, so that all {@code answers} could be judged. */
  private boolean answered(Job job, long number, List<Reacted> answers) {
    boolean told = store.told(job.id()).filter(it -> it.version() >= job.version()).isPresent();
    if (!told) {
      return false;
    }
    Optional<Comment> comment =
        github
            .issueComment(job.subject().repository(), number)
            .filter(it -> it.author().filter(this::isMe).isPresent())
            .filter(it -> shows(it, job));
    comment
        .flatMap(shown ->
            answers.stream()
                .filter(reacted -> reacted.at().isAfter(shown.updatedAt()))
                .filter(reacted -> isNewTo(job, reacted))
                .filter(reacted -> isAdmitted(job, reacted))
                .findFirst())
        .ifPresent(reacted -> answer(job, reacted));
    return true;
  }

  /** Whoever may write there may rewrite what knight wrote: then it shows nothing. */
  private static boolean shows(Comment comment, Job job) {
    String mark =
        job.isHeld()
            ? job.hold().map(Hold::shortTree).orElseThrow()
            : job.mandate().plan() instanceof Plan.Proposed proposed && job.isPlanned()
                ? proposed.mark()
                : "🚀";
    return comment.body().contains(mark);
  }

  private void answer(Job job, Reacted reacted) {
    String who = reacted.by().login();
    control(job, reacted.how())
        .ifPresent(control -> {
          switch (control) {
            case RELEASE ->
                change(
                    job,
                    control,
                    reacted,
                    "let-through",
                    who + " let through what is held",
                    (it, now) -> it.letThrough(who, now));
            case APPROVE ->
                change(
                    job,
                    control,
                    reacted,
                    "approved",
                    who + " agreed to the plan",
                    (it, now) -> it.approve(who, Optional.empty(), now));
            case EXTEND ->
                change(
                    job,
                    control,
                    reacted,
                    "extended",
                    who + " gave it the same budget once more",
                    (it, now) -> it.extend(who, reacted.at(), now));
            case STOP, ACCOUNT -> {}
          }
        });
  }

  /**
   * A worker may write the job meanwhile: then it is read again, as long as nothing else changed.
   */
  private void change(
      Job job,
      Control control,
      Reacted reacted,
      String kind,
      String text,
      BiFunction<Job, Instant, Job> verb) {
    String situation = situation(job);
    Optional<Job> now = Optional.of(job);
    for (int i = 0; i < TRIES && now.isPresent(); i++) {
      Instant time = clock.instant();
      Event told = Event.of(job.id(), time, kind, text);
      if (store.replace(now.get(), verb.apply(now.get(), time), List.of(told)).isPresent()) {
        LOG.infof(
            "job=%s %s by %s (%d)", job.id(), control, reacted.by().login(), reacted.by().id());
        return;
      }
      now = store.find(job.id()).filter(it -> situation(it).equals(situation));
    }
  }

  private boolean isAdmitted(Job job, Reacted reacted) {
    return trust.admits(job.subject().repository(), reacted.by());
  }

  private boolean isMe(Account account) {
    return account.id() == github.me().id();
  }
}

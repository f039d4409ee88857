package dev.knight.publish;

import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The one status comment of a job: made once, edited from then on, and one again if GitHub's lists
 * were so far behind that it came to be two. A comment that a person deleted is not made again.
 */
final class StatusComment {
  private static final Logger LOG = Logger.getLogger(StatusComment.class);

  /** GitHub's times are whole seconds, and those of two of its machines differ a little. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final GitHub github;
  private final JobStore store;
  private final EffectLog log;
  private final StatusText text;

  StatusComment(GitHub github, JobStore store, EffectLog log, StatusText text) {
    this.github = github;
    this.store = store;
    this.log = log;
    this.text = text;
  }

  /**
   * What the comment is to say.
   *
   * @param marker the word in it by which it is found
   * @param since what GitHub's clock showed before it can have been written, if that is known
   */
  record Text(String body, Marker marker, Optional<Instant> since) {
    String digest() {
      return Marker.digest(body);
    }
  }

  /** What is true of {@code job}. */
  Text text(Job job) {
    Mention request = store.mentions(job.id()).getFirst().mention();
    Marker marker = Marker.of("status", request);
    // A request by hand bears the time of this machine, which may be wrong.
    boolean byGitHub = request.source().isOnGitHub();
    Optional<Instant> since = byGitHub ? Optional.of(request.at().minus(MARGIN)) : Optional.empty();
    List<Event> story = store.events(job.id(), 0);
    return new Text(text.of(job, store.assumptions(job.id()), story, marker), marker, since);
  }

  /**
   * Shows {@code wanted}.
   *
   * @return whether GitHub has it now or never will; otherwise it is too early to say
   */
  boolean write(Job job, Text wanted) {
    Effect effect = log.planned(job.id(), Kind.STATUS_COMMENT, "");
    try {
      return switch (effect.state()) {
        case INTENT -> create(job, effect, wanted);
        case UNKNOWN -> log.untilKnown(effect).isZero() && create(job, effect, wanted);
        case DONE -> edit(job, effect, wanted);
        case GIVEN_UP -> true;
      };
    } catch (RefusedException refused) {
      LOG.warnf("job=%s Its status cannot be told: %s", job.id(), refused.getMessage());
      log.settle(log.planned(job.id(), Kind.STATUS_COMMENT, ""), State.GIVEN_UP);
      return true;
    }
  }

  /** Looks for it first: an earlier call may have got through, or an older store have made it. */
  private boolean create(Job job, Effect effect, Text wanted) {
    Optional<Comment> earlier = written(job, wanted).stream().findFirst();
    if (earlier.isPresent()) {
      long id = earlier.get().id();
      return edit(job, log.adopted(effect, id, earlier.get().link()), wanted);
    }
    Effect begun = log.begin(effect);
    Comment made = log.call(begun, () -> github.comment(job.subject(), wanted.body()));
    log.made(effect, begun, made.id(), made.link());
    return true;
  }

  private boolean edit(Job job, Effect effect, Text wanted) {
    long id = Long.parseLong(effect.externalId().orElseThrow());
    try {
      if (github.editComment(job.subject().repository(), id, wanted.body()).isEmpty()) {
        LOG.infof("job=%s Its status comment was deleted, and is not made again", job.id());
        log.settle(effect, State.GIVEN_UP);
      }
      return true;
    } catch (UnavailableException open) {
      // It may have got through, and later than the word of another service, or may do so yet.
      log.checkLater(effect);
      throw open;
    }
  }

  /** The comment is final: once the lists have caught up, it is looked at a last time. */
  void checkLater(Job job) {
    Effect effect = log.planned(job.id(), Kind.STATUS_COMMENT, "");
    if (effect.state() == State.DONE && effect.checkAt().isEmpty()) {
      log.checkLater(effect);
    }
  }

  /** Makes one of two, and looks again later if it had to. */
  boolean check(Effect effect) {
    Job job = store.find(effect.job()).orElseThrow();
    boolean doubted = effect.state() == State.UNKNOWN;
    if (doubted && !log.untilKnown(effect).isZero()) {
      return false;
    }
    try {
      Text wanted = text(job);
      List<Comment> all = written(job, wanted);
      // Of two services one may have lost its answer, and the other have told all that there is.
      boolean stands = doubted || effect.state() == State.DONE;
      if (stands && !all.stream().allMatch(one -> isKnown(one, effect))) {
        repair(job, effect, wanted, all);
      } else if (all.isEmpty() && log.mayBeBehind(effect, job.updatedAt())) {
        log.checkLater(effect);
      } else {
        log.checked(effect);
        forget(job, effect, all);
        insist(job, effect, wanted, all);
      }
    } catch (RefusedException refused) {
      LOG.infof("job=%s Its status comment is left as it is: %s", job.id(), refused.getMessage());
      log.checked(effect);
    }
    return true;
  }

  /**
   * A person has deleted the one that stood, and knight does not make it again; but another service
   * may have been writing one of its own for longer than it was waited for.
   */
  private void forget(Job job, Effect effect, List<Comment> all) {
    if (effect.state() == State.GIVEN_UP && effect.externalId().isPresent()) {
      all.stream().filter(comment -> !isKnown(comment, effect)).forEach(late -> delete(job, late));
    }
  }

  /**
   * An edit that was long on its way, as of a process that is gone, may have come after the final
   * word. That is written once more, and not looked at again.
   */
  private void insist(Job job, Effect effect, Text wanted, List<Comment> all) {
    boolean last = all.stream().allMatch(comment -> says(comment, wanted));
    if (job.isFinished() && effect.state() == State.DONE && !last) {
      edit(job, effect.checked(Optional.empty()), wanted);
    }
  }

  private static boolean says(Comment comment, Text wanted) {
    return plain(comment.body()).equals(plain(wanted.body()));
  }

  private static String plain(String body) {
    return body.replace("\r", "").strip();
  }

  /** Keeps the oldest that is still there, and deletes the others. */
  private void repair(Job job, Effect effect, Text wanted, List<Comment> all) {
    for (Comment comment : all) {
      // On record first: from now on nobody edits one that is about to go.
      log.adopted(effect, comment.id(), comment.link());
      if (github.editComment(job.subject().repository(), comment.id(), wanted.body()).isPresent()) {
        all.stream()
            .filter(other -> other.id() != comment.id())
            .forEach(other -> delete(job, other));
        return;
      }
    }
    LOG.infof("job=%s All its status comments were deleted, and none is made again", job.id());
    log.settle(effect.checked(Optional.empty()), State.GIVEN_UP);
  }

  private void delete(Job job, Comment extra) {
    if (github.deleteComment(job.subject().repository(), extra.id())) {
      LOG.infof("job=%s A second status comment was deleted: %s", job.id(), extra.link());
    }
  }

  private static boolean isKnown(Comment comment, Effect effect) {
    return effect.externalId().equals(Optional.of(Long.toString(comment.id())));
  }

  /** What this account has written under the job with its marker, the oldest first. */
  private List<Comment> written(Job job, Text wanted) {
    return github.comments(job.subject(), github.me().id(), wanted.marker().text(), wanted.since());
  }
}

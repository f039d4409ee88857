package dev.knight.publish;

import dev.knight.github.GitHub;
import dev.knight.github.Reaction;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.JobStore.Told;
import dev.knight.job.Mention;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Reply;
import dev.knight.job.StoredMention;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps what GitHub shows of a job true: one reaction for each mention, one status comment for each
 * job, and the replies that somebody was promised. It compares what was told with what the store
 * says, so a comment that could not be written is made up for, and never fails a job.
 */
@Singleton
public final class Reporter {
  private static final Logger LOG = Logger.getLogger(Reporter.class);

  /** People read a comment; they do not watch it. */
  private static final Duration BETWEEN_EDITS = Duration.ofSeconds(30);

  private final GitHub github;
  private final JobStore store;
  private final StatusComment comment;
  private final InstantSource clock;
  private final EffectLog log;
  private final Replies replies;
  private final Patience patience;

  /** Everything that is shown goes through {@code outgoing}. */
  public Reporter(
      GitHub github,
      JobStore store,
      OutgoingText outgoing,
      PublishSettings settings,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.log = new EffectLog(store, clock, settings);
    this.comment = new StatusComment(github, store, log, new StatusText(outgoing, settings));
    this.replies = new Replies(github, store, settings, clock);
    this.clock = clock;
    this.patience = new Patience(clock);
  }

  /** Does what is due. What GitHub cannot take now is due again at a later call. */
  public void runOnce() {
    for (Effect reaction : store.unsettled(Kind.REACTION)) {
      undertake("reaction " + reaction.key(), () -> react(reaction));
    }
    for (Job job : store.untold()) {
      undertake("job " + job.id(), () -> tell(job));
    }
    for (Reply reply : store.unmade()) {
      undertake("reply " + reply.key(), () -> replies.make(reply));
    }
    for (Effect effect : store.toCheck()) {
      undertake("check " + effect.job(), () -> log.isToCheck(effect) && comment.check(effect));
    }
  }

  /** Whether everything that GitHub is to show of {@code job} is there. */
  public boolean isUpToDate(Job job) {
    boolean told = store.told(job.id()).filter(last -> last.version() >= job.version()).isPresent();
    return told
        && store.unmade().stream().noneMatch(reply -> reply.job().equals(Optional.of(job.id())));
  }

  /** Does {@code work} if it may be tried now; it says whether it had anything to do. */
  private void undertake(String thing, BooleanSupplier work) {
    if (!patience.isDue(thing)) {
      return;
    }
    try {
      if (work.getAsBoolean()) {
        patience.worked(thing);
      }
    } catch (UnavailableException away) {
      LOG.infof("%s is told later: %s", thing, away.getMessage());
      patience.failed(thing, away.retryAt());
    } catch (MisconfiguredException wrong) {
      LOG.errorf("%s cannot be told, the operator has to act: %s", thing, wrong.getMessage());
      patience.failed(thing, Optional.empty());
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "%s cannot be told", thing);
      patience.failed(thing, Optional.empty());
    }
  }

  /** Reacting twice is the same as once, so nothing is looked for. */
  private boolean react(Effect effect) {
    Optional<Mention> mention = store.mention(effect.key()).map(StoredMention::mention);
    boolean there = mention.isPresent() && reacted(mention.get());
    log.settle(effect, there ? State.DONE : State.GIVEN_UP);
    return true;
  }

  private boolean reacted(Mention mention) {
    try {
      return github.react(
          mention.subject().repository(), mention.source(), mention.sourceId(), Reaction.EYES);
    } catch (RefusedException locked) {
      LOG.infof("%s gets no reaction: %s", mention.subject(), locked.getMessage());
      return false;
    }
  }

  private boolean tell(Job job) {
    Optional<Told> told = store.told(job.id());
    if (!job.isFinished() && told.filter(this::isFresh).isPresent()) {
      return false;
    }
    StatusComment.Text text = comment.text(job);
    boolean same = told.filter(last -> last.digest().equals(text.digest())).isPresent();
    if (!same && !comment.write(job, text)) {
      return false;
    }
    if (job.isFinished()) {
      comment.checkLater(job);
    }
    store.told(job.id(), job.version(), text.digest(), clock.instant());
    return true;
  }

  /** Whether it is too early for another edit. The clock may have been set back since. */
  private boolean isFresh(Told last) {
    Instant now = clock.instant();
    return !last.at().isAfter(now) && now.isBefore(last.at().plus(BETWEEN_EDITS));
  }
}

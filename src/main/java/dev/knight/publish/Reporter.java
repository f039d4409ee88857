package dev.knight.publish;

import dev.knight.github.Comment;
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
import dev.knight.job.StoredMention;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps what GitHub shows of a job true: one reaction for each mention, one status comment for each
 * job. It compares what was told with what the store says, so a comment that could not be written
 * is made up for, and never fails a job.
 */
@Singleton
public final class Reporter {
  private static final Logger LOG = Logger.getLogger(Reporter.class);

  /** People read a comment; they do not watch it. */
  private static final Duration BETWEEN_EDITS = Duration.ofSeconds(30);

  private final GitHub github;
  private final JobStore store;
  private final StatusText text;
  private final InstantSource clock;

  /** Everything that is shown goes through {@code outgoing}. */
  public Reporter(GitHub github, JobStore store, OutgoingText outgoing, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.text = new StatusText(outgoing);
    this.clock = clock;
  }

  /** Does what is due. What GitHub cannot take now is due again at the next call. */
  public void runOnce() {
    try {
      store.unsettled(Kind.REACTION).forEach(this::react);
      store.untold().forEach(this::tell);
    } catch (UnavailableException | MisconfiguredException later) {
      LOG.infof("GitHub is told later: %s", later.getMessage());
    }
  }

  /** Whether everything that GitHub is to show of {@code job} is there. */
  public boolean isUpToDate(Job job) {
    return store.told(job.id()).filter(told -> told.version() >= job.version()).isPresent();
  }

  private void react(Effect effect) {
    Optional<Mention> mention = store.mention(effect.key()).map(StoredMention::mention);
    State state = mention.isPresent() && reacted(mention.get()) ? State.DONE : State.GIVEN_UP;
    settle(effect, state, effect.externalId(), effect.link());
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

  private void tell(Job job) {
    Optional<Told> told = store.told(job.id());
    boolean early =
        told.filter(last -> clock.instant().isBefore(last.at().plus(BETWEEN_EDITS))).isPresent();
    if (early && !job.isFinished()) {
      return;
    }
    Marker marker = Marker.of("status", store.mentions(job.id()).getFirst().mention());
    String body = text.of(job, marker);
    String digest = Marker.digest(body);
    if (told.filter(last -> last.digest().equals(digest)).isEmpty()) {
      write(job, body, marker);
    }
    store.told(job.id(), job.version(), digest, clock.instant());
  }

  private void write(Job job, String body, Marker marker) {
    Effect effect = store.plan(job.id(), Kind.STATUS_COMMENT, "", clock.instant());
    try {
      switch (effect.state()) {
        case INTENT -> create(job, effect, body, marker);
        case DONE -> edit(job, effect, body);
        case GIVEN_UP -> LOG.debugf("job=%s Its status comment was given up", job.id());
      }
    } catch (RefusedException refused) {
      LOG.warnf("job=%s Its status cannot be told: %s", job.id(), refused.getMessage());
      settle(effect, State.GIVEN_UP, effect.externalId(), effect.link());
    }
  }

  /**
   * Looks for the comment first: an earlier call may have written it and died before it could say
   * so.
   */
  private void create(Job job, Effect effect, String body, Marker marker) {
    Optional<Comment> found =
        github.comment(job.subject(), github.me().id(), marker.text(), Optional.empty());
    Comment comment =
        found.isPresent()
            ? github
                .editComment(job.subject().repository(), found.get().id(), body)
                .orElse(found.get())
            : github.comment(job.subject(), body);
    settle(
        effect, State.DONE, Optional.of(Long.toString(comment.id())), Optional.of(comment.link()));
  }

  private void edit(Job job, Effect effect, String body) {
    long id = Long.parseLong(effect.externalId().orElseThrow());
    if (github.editComment(job.subject().repository(), id, body).isEmpty()) {
      LOG.infof("job=%s Its status comment was deleted, and is not made again", job.id());
      settle(effect, State.GIVEN_UP, effect.externalId(), effect.link());
    }
  }

  private void settle(Effect effect, State state, Optional<String> externalId, Optional<URI> link) {
    store.settle(effect.as(state, externalId, link));
  }
}

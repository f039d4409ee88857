package dev.knight.intake;

import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Reacted;
import dev.knight.github.Reaction;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks for the 👍 by which a person lets through what a job holds. It counts if it was given after
 * the status comment came to show exactly that, both by GitHub's clock, and by somebody who may
 * command knight. One thread at a time.
 */
final class Releases {
  private static final Logger LOG = Logger.getLogger(Releases.class);

  /** Whoever gathers more strangers than this gets them asked about no further. */
  private static final int MOST_ASKED = 100;

  private final GitHub github;
  private final JobStore store;
  private final Trust trust;
  private final InstantSource clock;

  Releases(GitHub github, JobStore store, Trust trust, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.trust = trust;
    this.clock = clock;
  }

  /** Looks at what is held in {@code repository}. */
  void look(RepositoryName repository) {
    for (Job job : store.controllable(clock.instant())) {
      if (job.isHeld() && job.subject().repository().equals(repository)) {
        look(job);
      }
    }
  }

  private void look(Job job) {
    try {
      shown(job)
          .flatMap(comment -> approver(job, comment))
          .ifPresent(person -> letThrough(job, person));
    } catch (RefusedException gone) {
      LOG.infof("job=%s Nobody can let it through there: %s", job.id(), gone.getMessage());
    }
  }

  /** The status comment, if it shows what is held now and not what was true before. */
  private Optional<Comment> shown(Job job) {
    boolean told = store.told(job.id()).filter(it -> it.version() >= job.version()).isPresent();
    String tree = job.hold().map(Hold::shortTree).orElseThrow();
    return status(job)
        .filter(_ -> told)
        .flatMap(id -> github.issueComment(job.subject().repository(), id))
        .filter(comment -> comment.author().filter(this::isMe).isPresent())
        .filter(comment -> comment.body().contains(tree));
  }

  private Optional<Long> status(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.STATUS_COMMENT)
        .filter(effect -> effect.state() == Effect.State.DONE)
        .findFirst()
        .flatMap(Effect::externalId)
        .map(Long::parseLong);
  }

  private Optional<Account> approver(Job job, Comment comment) {
    RepositoryName repository = job.subject().repository();
    List<Reacted> given =
        github.reactions(repository, comment.id(), Optional.empty()).orElseThrow().all();
    return given.reversed().stream()
        .filter(reacted -> reacted.how() == Reaction.THUMBS_UP)
        .filter(thumb -> thumb.at().isAfter(comment.updatedAt()))
        .map(Reacted::by)
        .filter(by -> !by.bot() && !isMe(by))
        .limit(MOST_ASKED)
        .filter(by -> trust.admits(repository, by))
        .findFirst();
  }

  private boolean isMe(Account account) {
    return account.id() == github.me().id();
  }

  private void letThrough(Job job, Account person) {
    Instant now = clock.instant();
    Event told =
        Event.of(
            job.id(), now, "let-through", "%s let through what is held".formatted(person.login()));
    if (store.replace(job, job.letThrough(person.login(), now), List.of(told)).isPresent()) {
      LOG.infof("job=%s Is let through by %s (%d)", job.id(), person.login(), person.id());
    }
  }
}

package dev.knight.publish;

import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.job.JobStore;
import dev.knight.job.RefusedException;
import dev.knight.job.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes each reply once, by the protocol of {@link EffectLog}: on record before the call, and
 * looked for by its marker before it is made. A reply is never edited, and one that a person
 * deleted is not made again.
 */
final class Replies {
  private static final Logger LOG = Logger.getLogger(Replies.class);

  private final GitHub github;
  private final JobStore store;
  private final InstantSource clock;
  private final ReadLag lag;

  Replies(GitHub github, JobStore store, PublishSettings settings, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.clock = clock;
    this.lag = new ReadLag(clock, settings);
  }

  /**
   * Makes {@code reply}, which the store has just given.
   *
   * @return whether GitHub has it now or never will; otherwise it is too early to say
   */
  boolean make(Reply reply) {
    return switch (reply.state()) {
      case INTENT -> look(reply);
      case UNKNOWN -> hasShown(reply) && look(reply);
      case DONE, GIVEN_UP -> true;
    };
  }

  private boolean hasShown(Reply reply) {
    return lag.after(
            reply.begunAt().orElse(reply.plannedAt()),
            now -> store.advance(reply, reply.begun(now)))
        .isZero();
  }

  /** Looks for it first: an earlier call may have got through, or an older store have made it. */
  private boolean look(Reply reply) {
    Marker marker = Marker.of("reply", reply.key());
    try {
      Optional<Comment> earlier = written(reply, marker);
      if (earlier.isPresent()) {
        return store.advance(reply, reply.made(earlier.get().id(), earlier.get().link()));
      }
    } catch (RefusedException gone) {
      return giveUp(reply, gone);
    }
    Reply begun = reply.begun(clock.instant());
    return store.advance(reply, begun) && call(begun, marker);
  }

  private boolean call(Reply begun, Marker marker) {
    try {
      Comment made = write(begun, begun.body() + "\n\n" + marker.text());
      return store.advance(begun, begun.made(made.id(), made.link()));
    } catch (RefusedException refused) {
      return giveUp(begun, refused);
    } catch (RuntimeException open) {
      // It may have waited long before it left, and may arrive later than its sender gave up.
      store.advance(begun, begun.begun(clock.instant()));
      throw open;
    }
  }

  private Comment write(Reply reply, String text) {
    return reply.thread().isPresent()
        ? github.answer(reply.subject(), reply.thread().getAsLong(), text)
        : github.comment(reply.subject(), text);
  }

  private boolean giveUp(Reply reply, RefusedException refused) {
    LOG.warnf("%s gets no answer: %s", reply.subject(), refused.getMessage());
    return store.advance(reply, reply.givenUp());
  }

  /** What this account has written there with the reply's marker. */
  private Optional<Comment> written(Reply reply, Marker marker) {
    long me = github.me().id();
    List<Comment> all =
        reply.thread().isPresent()
            ? github.reviewComments(reply.subject(), Optional.empty())
            : github.comments(reply.subject(), me, marker.text(), Optional.empty());
    return all.stream()
        .filter(comment -> comment.author().filter(by -> by.id() == me).isPresent())
        .filter(comment -> comment.body().contains(marker.text()))
        .findFirst();
  }
}

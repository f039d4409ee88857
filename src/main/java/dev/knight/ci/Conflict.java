package dev.knight.ci;

import dev.knight.attempt.BaseMoved;
import dev.knight.github.PullRequest;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Wakes the job of a pull request that does not merge any more. Whether that is so it finds out
 * itself, by a merge in memory; here GitHub's word is only the reason to look.
 */
final class Conflict {
  private static final Logger LOG = Logger.getLogger(Conflict.class);

  /** A base that goes on moving under a pull request that nobody merges is a person's matter. */
  private static final int MOST_ROUNDS = 3;

  private final JobStore store;
  private final Sight sight;
  private final InstantSource clock;

  Conflict(JobStore store, InstantSource clock) {
    this.store = store;
    this.sight = new Sight(store);
    this.clock = clock;
  }

  /** Whether {@code job} was woken because of the head of {@code pull}. */
  boolean wakes(Job job, PullRequest pull) {
    String key = BaseMoved.nodeId(pull.subject().number(), pull.headSha());
    boolean conflicts = pull.mergeable().filter(mergeable -> !mergeable).isPresent();
    if (!conflicts || store.mention(key).isPresent()) {
      return false;
    }
    if (rounds(job) >= MOST_ROUNDS) {
      giveUp(job, pull);
      return false;
    }
    Instant now = clock.instant();
    Mention seen = sight.of(job, pull, key, "The pull request conflicts with its base.", now);
    Job woken = store.accept(seen, now);
    LOG.infof("job=%s %s conflicts with its base, and it goes on", woken.id(), pull.subject());
    return true;
  }

  /** How often the base has woken the job since a person last said something. */
  private long rounds(Job job) {
    return sight.sinceLastWord(job).stream().filter(BaseMoved::isOne).count();
  }

  private void giveUp(Job job, PullRequest pull) {
    String key = "base-end:%d:%s".formatted(pull.subject().number(), pull.headSha());
    String body =
        "@%s, `%s` has moved again and conflicts with this. I have followed it %d times and leave it to you now. Mention me here to have me go on."
            .formatted(job.requester().login(), pull.baseRef().replace("`", ""), MOST_ROUNDS);
    Reply _ =
        store.reply(Reply.in(pull.subject(), key, Optional.of(job.id()), body, clock.instant()));
  }
}

package dev.knight.intake;

import static java.util.stream.Collectors.toSet;

import dev.knight.github.GitHub;
import dev.knight.github.Reacted;
import dev.knight.github.Reaction;
import dev.knight.github.Reactions;
import dev.knight.job.Convention;
import dev.knight.job.Convention.Stage;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Reply;
import dev.knight.job.UnavailableException;
import dev.knight.memory.Memory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Looks for the 👍 by which a person confirms a convention, on the answer in the review's thread
 * that told of it. The first hour at the polls' pace, then seldom.
 */
public final class Confirmations {
  private static final Logger LOG = Logger.getLogger(Confirmations.class);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration SELDOM = Duration.ofMinutes(10);

  /** The newest; what nobody confirmed among so many is confirmed by hand. */
  private static final int MOST = 20;

  /** Whoever gathers more strangers than this gets them asked about no further. */
  private static final int MOST_ASKED = 100;

  private final GitHub github;
  private final JobStore store;
  private final Memory memory;
  private final PollingSettings polling;
  private final Trust trust;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Long, Look> looks = new HashMap<>();
  private volatile Instant listed = Instant.MIN;

  /** The store's count of writes when there was nobody to wait for. */
  private volatile long idle = -1;

  /** Looks in the repositories of {@code polling}, for those whom {@code trust} admits. */
  public Confirmations(
      GitHub github,
      JobStore store,
      Memory memory,
      PollingSettings polling,
      TrustSettings trust,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.memory = memory;
    this.polling = polling;
    this.trust = new Trust(github, trust, clock);
    this.clock = clock;
  }

  private record Look(Instant due, Optional<String> etag) {}

  /** Looks at those that are due. While another thread is at it, this one has nothing to do. */
  public void runOnce() {
    Instant now = clock.instant();
    if (!polling.enabled() || !turn.tryLock()) {
      return;
    }
    try {
      if (!now.isBefore(listed.plus(polling.interval()))) {
        listed = now;
        long writes = store.writes(); // first: what is written meanwhile counts next time
        List<Convention> candidates = candidates();
        idle = candidates.isEmpty() ? writes : -1;
        looks.keySet().retainAll(candidates.stream().map(Convention::id).collect(toSet()));
        candidates.forEach(this::look);
      }
    } catch (UnavailableException | MisconfiguredException later) {
      LOG.debugf("Confirmations are looked for later: %s", later.getMessage());
    } finally {
      turn.unlock();
    }
  }

  /** Whether {@link #runOnce} would look at something. Waits for nobody, and costs nothing. */
  public boolean isDue() {
    return polling.enabled()
        && !clock.instant().isBefore(listed.plus(polling.interval()))
        && store.writes() != idle;
  }

  private List<Convention> candidates() {
    return memory.living(Optional.empty()).reversed().stream()
        .filter(one -> one.stage() == Stage.CANDIDATE)
        .filter(one -> polling.repositories().contains(one.repository()))
        .limit(MOST)
        .toList();
  }

  private void look(Convention candidate) {
    Instant now = clock.instant();
    Look before = looks.getOrDefault(candidate.id(), new Look(now, Optional.empty()));
    if (now.isBefore(before.due())) {
      return;
    }
    Optional<Reply> told =
        store.reply(candidate.key()).filter(reply -> reply.comment().isPresent());
    if (told.isEmpty()) {
      return;
    }
    boolean fresh = candidate.learntAt().plus(FRESH).isAfter(now);
    Instant next = now.plus(fresh ? polling.interval() : SELDOM);
    looks.put(candidate.id(), new Look(next, before.etag()));
    try {
      long comment = told.get().comment().getAsLong();
      github
          .threadReactions(candidate.repository(), comment, before.etag())
          .ifPresent(reactions -> {
            confirmer(candidate, reactions).ifPresent(who -> confirm(candidate, who));
            looks.put(candidate.id(), new Look(next, reactions.etag()));
          });
    } catch (RefusedException gone) {
      LOG.infof("Nobody can confirm what was told there: %s", gone.getMessage());
    }
  }

  private Optional<String> confirmer(Convention candidate, Reactions reactions) {
    return reactions.all().stream()
        .filter(reacted -> reacted.how() == Reaction.THUMBS_UP && !reacted.by().bot())
        .map(Reacted::by)
        .filter(by -> by.id() != github.me().id())
        .limit(MOST_ASKED)
        .filter(by -> trust.admits(candidate.repository(), by))
        .map(by -> by.login())
        .findFirst();
  }

  private void confirm(Convention candidate, String who) {
    if (memory.confirm(candidate.id(), who).isPresent()) {
      LOG.infof("repository=%s A convention is confirmed by %s", candidate.repository(), who);
    }
  }
}

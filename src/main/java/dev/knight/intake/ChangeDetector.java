package dev.knight.intake;

import dev.knight.github.Change;
import dev.knight.github.GitHub;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One question for all repositories: where did an issue or pull request change? It shows when there
 * is something to see, and not what. It does not show what leaves an issue as it was, an edit of a
 * comment say, or a reaction; nor is it said anywhere that it shows all that the account may see.
 * So each repository is still looked at, only more seldom; and one in which such a look finds what
 * should have been shown is trusted to it no more; none is, where it overlooks more than it shows.
 * It keeps nothing: what was read before a restart is told by where the repositories' own streams
 * stand. One thread at a time.
 */
final class ChangeDetector {
  private static final Logger LOG = Logger.getLogger(ChangeDetector.class);

  /** An App's installation is refused for good, and a token may be given more rights. */
  private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  /** More are no chance. */
  private static final int OVERLOOKED_BY_CHANCE = 3;

  private final GitHub github;
  private final JobStore store;
  private final Duration interval;
  private final Set<RepositoryName> repositories;
  private final InstantSource clock;
  private final Map<RepositoryName, Instant> shown = new HashMap<>();
  private final Set<RepositoryName> overlooked = new HashSet<>();
  private final Instant begun;
  private StreamAnchor anchor;
  private Instant due = Instant.EPOCH;
  private Instant answered = Instant.EPOCH;

  /** How far this machine's clock is ahead of GitHub's. */
  private Duration ahead = Duration.ZERO;

  private boolean seeing;
  private boolean paused;
  private boolean offTold;

  ChangeDetector(
      GitHub github,
      JobStore store,
      Duration interval,
      List<RepositoryName> repositories,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.interval = interval;
    this.repositories = Set.copyOf(repositories);
    this.clock = clock;
    // What is older is not acted on, so it need not be shown.
    this.begun = clock.instant().minus(Judge.LOOK_BACK).truncatedTo(ChronoUnit.SECONDS);
    this.anchor = new StreamAnchor(begun, Optional.empty());
  }

  /** Whether it is time to ask. */
  boolean isDue() {
    return !clock.instant().isBefore(due);
  }

  /** When it is time to ask. */
  Instant due() {
    return due;
  }

  /** Whether its last question was answered. */
  boolean isSeeing() {
    return seeing;
  }

  /** Whether it shows what changes in {@code repository}, as far as anybody knows. */
  boolean sees(RepositoryName repository) {
    return seeing && !overlooked.contains(repository) && !isBlind();
  }

  /** As where a token is answered with a list of nothing. */
  private boolean isBlind() {
    return overlooked.size() > OVERLOOKED_BY_CHANCE + shown.size();
  }

  /**
   * Asks.
   *
   * @return where something changed that was not read yet
   * @throws UnavailableException with its end, when GitHub wants a pause; but not when the last
   *     question came to nothing else, lest it be all that is ever asked
   */
  Set<RepositoryName> ask() {
    due = clock.instant().plus(interval);
    try {
      return switch (new StreamWalk<>(github::changes).from(anchor)) {
        case StreamWalk.Result.Unchanged<Change> _ -> answer(anchor, List.of());
        case StreamWalk.Result.Walked<Change> walked -> {
          ahead = Duration.between(walked.answeredAt(), clock.instant());
          yield answer(walked.next(), walked.items());
        }
        case StreamWalk.Result.Unreadable<Change>(String reason) -> off(AFTER_REFUSAL, reason);
      };
    } catch (MisconfiguredException refused) {
      Duration wait = knowsToken() ? AFTER_REFUSAL : AFTER_FAILURE;
      return off(wait, String.valueOf(refused.getMessage()));
    } catch (RefusedException refused) {
      return off(AFTER_REFUSAL, String.valueOf(refused.getMessage()));
    } catch (UnavailableException passing) {
      if (passing.retryAt().isPresent() && !paused) {
        paused = true;
        throw passing;
      }
      return off(AFTER_FAILURE, String.valueOf(passing.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("The question where anything changed failed by a mistake of knight's", bug);
      return off(AFTER_FAILURE, "a mistake of knight's own; its log says which");
    }
  }

  /** Somebody puts another token in the place of one that GitHub does not know. */
  private boolean knowsToken() {
    try {
      github.me();
      return true;
    } catch (MisconfiguredException | RefusedException | UnavailableException _) {
      return false;
    }
  }

  private Set<RepositoryName> answer(StreamAnchor next, List<Change> changes) {
    answered = clock.instant().minus(ahead);
    Map<RepositoryName, Instant> news = news(changes);
    Set<RepositoryName> unread = unread(news);
    shown.putAll(news);
    anchor = next;
    paused = false;
    if (!seeing) {
      LOG.infof("One request tells what changed in %d repositories", repositories.size());
    }
    seeing = true;
    offTold = false;
    return unread;
  }

  /** When something last changed, where that is later than what was shown before. */
  private Map<RepositoryName, Instant> news(List<Change> changes) {
    Map<RepositoryName, Instant> news = new HashMap<>();
    BinaryOperator<Instant> later = BinaryOperator.maxBy(Comparator.naturalOrder());
    for (Change change : changes) {
      change
          .repository()
          .filter(repositories::contains)
          .filter(repository -> change.updatedAt().isAfter(shownUntil(repository)))
          .ifPresent(repository -> news.merge(repository, change.updatedAt(), later));
    }
    return news;
  }

  private Set<RepositoryName> unread(Map<RepositoryName, Instant> news) {
    // What is newer may not have been on all lists yet when an earlier service looked last.
    Instant settled = answered.minus(PollSchedule.SETTLE);
    return news.entrySet().stream()
        .filter(one -> one.getValue().isAfter(settled) || !isRead(one.getKey(), one.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** A stream's anchor is that much older than the newest of what was read. */
  private boolean isRead(RepositoryName repository, Instant change) {
    return store
        .anchor(repository, StreamKind.ISSUES)
        .map(stream -> stream.since().plus(StreamWalk.OVERLAP))
        .filter(read -> !change.isAfter(read))
        .isPresent();
  }

  private Instant shownUntil(RepositoryName repository) {
    return shown.getOrDefault(repository, Instant.MIN);
  }

  private Set<RepositoryName> off(Duration wait, String reason) {
    due = clock.instant().plus(wait);
    seeing = false;
    if (!offTold) {
      LOG.warnf("Each repository is asked for its own changes for now: %s", reason);
    }
    offTold = true;
    return Set.of();
  }

  /**
   * A look at {@code repository} found that an issue there changed at {@code change}, if one did.
   */
  void looked(RepositoryName repository, Optional<Instant> change) {
    change
        .filter(at -> at.isAfter(begun) && at.isBefore(answered.minus(StreamWalk.OVERLAP)))
        .filter(at -> at.isAfter(shownUntil(repository)))
        .filter(_ -> overlooked.add(repository))
        .ifPresent(_ ->
            LOG.infof(
                "repository=%s Asked for its own changes, which are not shown among all",
                repository));
  }
}

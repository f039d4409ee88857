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
 * should have been shown is trusted to it no more. It keeps nothing: what was read before a restart
 * is told by where the repositories' own streams stand. One thread at a time.
 */
final class ChangeDetector {
  private static final Logger LOG = Logger.getLogger(ChangeDetector.class);

  /** An App's installation is refused for good, and a token may be given more rights. */
  private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

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
  private boolean seeing;
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

  /** Whether its last question was answered. */
  boolean isSeeing() {
    return seeing;
  }

  /** Whether it shows what changes in {@code repository}, as far as anybody knows. */
  boolean sees(RepositoryName repository) {
    return seeing && !overlooked.contains(repository);
  }

  /**
   * Asks.
   *
   * @return where something changed that was not read yet
   * @throws UnavailableException while GitHub wants a pause
   */
  Set<RepositoryName> ask() {
    due = clock.instant().plus(interval);
    try {
      return switch (new StreamWalk<>(github::changes).from(anchor)) {
        case StreamWalk.Result.Unchanged<Change> _ -> answer(anchor, List.of());
        case StreamWalk.Result.Walked<Change> walked -> answer(walked.next(), walked.items());
        case StreamWalk.Result.Unreadable<Change>(String reason) -> off(AFTER_REFUSAL, reason);
      };
    } catch (MisconfiguredException | RefusedException refused) {
      return off(AFTER_REFUSAL, String.valueOf(refused.getMessage()));
    } catch (UnavailableException passing) {
      if (passing.retryAt().isPresent()) {
        throw passing;
      }
      return off(AFTER_FAILURE, String.valueOf(passing.getMessage()));
    }
  }

  private Set<RepositoryName> answer(StreamAnchor next, List<Change> changes) {
    anchor = next;
    answered = clock.instant();
    if (!seeing) {
      LOG.infof("One request tells what changed in %d repositories", repositories.size());
    }
    seeing = true;
    offTold = false;
    return unread(news(changes));
  }

  /** When something last changed, where that is later than what was shown before. */
  private Map<RepositoryName, Instant> news(List<Change> changes) {
    Map<RepositoryName, Instant> news =
        changes.stream()
            .filter(change -> repositories.contains(change.repository()))
            .filter(change -> change.updatedAt().isAfter(shownUntil(change.repository())))
            .collect(
                Collectors.toMap(
                    Change::repository,
                    Change::updatedAt,
                    BinaryOperator.maxBy(Comparator.naturalOrder())));
    shown.putAll(news);
    return news;
  }

  /** A stream's anchor is that much older than the newest of what was read. */
  private Set<RepositoryName> unread(Map<RepositoryName, Instant> news) {
    Set<RepositoryName> unread = new HashSet<>(news.keySet());
    unread.removeIf(repository ->
        store
            .anchor(repository, StreamKind.ISSUES)
            .map(stream -> stream.since().plus(StreamWalk.OVERLAP))
            .filter(read -> !news.getOrDefault(repository, Instant.MAX).isAfter(read))
            .isPresent());
    return unread;
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

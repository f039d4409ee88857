package dev.knight.intake;

import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.LineComment;
import dev.knight.github.Listed;
import dev.knight.github.Review;
import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobQuery;
import dev.knight.job.JobStore;
import dev.knight.job.RefusedException;
import dev.knight.job.Remark;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks for reviews. GitHub has no list of them for a repository, so each pull request that changed
 * is asked for its own, until GitHub has answered after its lists may have been behind. A review
 * and what it says on single lines come in two lists: it is taken when two looks in a row have
 * shown the same of it. One thread at a time.
 */
final class Reviews {
  private static final Logger LOG = Logger.getLogger(Reviews.class);

  /** What every text of knight's own contains. */
  private static final String MARKER = "<!-- knight:";

  private static final String COMMENTED = "COMMENTED";

  /** Much longer than GitHub's lists are behind. */
  private static final Duration WATCH = StreamWalk.OVERLAP;

  /** Most lists are that far behind, and no more. */
  private static final Duration FIRST_GAP = Duration.ofSeconds(5);

  /** Whoever changes more pull requests at once has the newest of them looked at. */
  private static final int MOST_WATCHED = 50;

  /** More than are open at a time. */
  private static final int RECENT_JOBS = 100;

  private static final int MOST_REMEMBERED = 10_000;

  private final GitHub github;
  private final JobStore store;
  private final InstantSource clock;
  private final Map<Subject, Watch> watched = new LinkedHashMap<>();
  private final Set<Subject> halfSeen = new HashSet<>();
  private final Map<String, Integer> remarksSeen = new HashMap<>();
  private final Set<String> nothing = new LinkedHashSet<>();
  private final Set<RepositoryName> begun = new HashSet<>();

  Reviews(GitHub github, JobStore store, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A pull request that changed.
   *
   * @param until when its change is surely on every list
   * @param due when to look next
   * @param gap the wait after that look; each is twice as long as the one before
   */
  private record Watch(Instant until, Instant due, Duration gap) {
    Watch looked(Instant now) {
      Instant next = now.plus(gap);
      boolean last = now.isBefore(until) && next.isAfter(until);
      return new Watch(until, last ? until : next, gap.multipliedBy(2));
    }
  }

  /**
   * A review with what it says on single lines.
   *
   * @param review as it is to be judged
   * @param comment the number of its one comment, if it is no more than that
   */
  record Whole(Review review, List<Remark> remarks, Optional<Long> comment) {}

  /**
   * Whether {@code pullRequest} is knight's own, so that what stands on its lines is a review's.
   */
  boolean isOwn(Subject pullRequest) {
    return store.opened(pullRequest).isPresent();
  }

  /** {@code items} changed. */
  void changed(List<Listed> items) {
    items.stream().filter(Reviews::mayHaveReviews).map(Listed::subject).forEach(this::watch);
  }

  private static boolean mayHaveReviews(Listed item) {
    return switch (item) {
      case Issue issue -> issue.pullRequest() && issue.open();
      case Comment _, Review _ -> true;
    };
  }

  private void watch(Subject pullRequest) {
    Instant now = clock.instant();
    watched.remove(pullRequest);
    watched.put(pullRequest, new Watch(now.plus(WATCH), now, FIRST_GAP));
    if (watched.size() > MOST_WATCHED) {
      watched.remove(watched.keySet().iterator().next());
    }
  }

  /** Whether a review in {@code repository} was seen once, so that a look soon is worth it. */
  boolean isWaiting(RepositoryName repository) {
    return halfSeen.stream().anyMatch(pull -> pull.repository().equals(repository));
  }

  /** The reviews that are new and whole, and that {@code addresses} knight. */
  List<Whole> look(RepositoryName repository, Predicate<String> addresses) {
    if (begun.add(repository)) {
      own(repository).forEach(this::watch);
    }
    Instant now = clock.instant();
    halfSeen.retainAll(watched.keySet());
    List<Whole> whole = new ArrayList<>();
    for (Subject pull : List.copyOf(watched.keySet())) {
      if (pull.repository().equals(repository) && isDue(pull, now)) {
        halfSeen.remove(pull);
        List<Whole> found = look(pull, addresses);
        watched.computeIfPresent(pull, (_, watch) -> next(pull, watch, !found.isEmpty(), now));
        whole.addAll(found);
      }
    }
    return whole;
  }

  /**
   * When to look again at {@code pull}, which GitHub has just shown: not any more once its change
   * is surely on every list. What was found is not kept yet, and is looked for until it is.
   */
  private @Nullable Watch next(Subject pull, Watch watch, boolean found, Instant now) {
    if (found) {
      return new Watch(now.plus(WATCH), now, FIRST_GAP).looked(now);
    }
    boolean over = !now.isBefore(watch.until()) && !halfSeen.contains(pull);
    return over ? null : watch.looked(now);
  }

  private boolean isDue(Subject pull, Instant now) {
    return halfSeen.contains(pull)
        || Optional.ofNullable(watched.get(pull))
            .filter(watch -> !now.isBefore(watch.due()))
            .isPresent();
  }

  /** What was submitted while no service ran may be on no list of changes any more. */
  private List<Subject> own(RepositoryName repository) {
    return store.jobs(JobQuery.newest(RECENT_JOBS).of(repository)).stream()
        .flatMap(job -> pullRequests(job).stream())
        .toList();
  }

  private List<Subject> pullRequests(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.PULL_REQUEST)
        .flatMap(effect -> effect.externalId().stream())
        .map(number -> new Subject(job.subject().repository(), Long.parseLong(number)))
        .toList();
  }

  private List<Whole> look(Subject pull, Predicate<String> addresses) {
    try {
      List<Review> fresh = fresh(github.reviews(pull));
      if (fresh.isEmpty()) {
        return List.of();
      }
      return isOwn(pull)
          ? ofOwn(fresh, github.lineComments(pull), addresses)
          : fresh.stream()
              .filter(review -> addresses.test(review.body()))
              .map(review -> new Whole(review, List.of(), Optional.empty()))
              .toList();
    } catch (RefusedException gone) {
      LOG.infof("%s has no reviews to read: %s", pull, gone.getMessage());
      watched.remove(pull);
      return List.of();
    }
  }

  private List<Review> fresh(List<Review> reviews) {
    Set<String> unseen = store.unseen(reviews.stream().map(Review::nodeId).toList());
    return reviews.stream()
        .filter(review -> review.submittedAt().isPresent())
        .filter(review -> unseen.contains(review.nodeId()))
        .filter(review -> !nothing.contains(review.nodeId()))
        .filter(review -> review.author().filter(Judge::isThere).isPresent())
        .filter(review -> !review.body().contains(MARKER))
        .toList();
  }

  private List<Whole> ofOwn(
      List<Review> reviews, List<LineComment> comments, Predicate<String> addresses) {
    List<Whole> whole = new ArrayList<>();
    for (Review review : reviews) {
      List<LineComment> lines =
          comments.stream()
              .filter(line -> line.review() == review.id())
              .filter(line -> !line.comment().body().contains(MARKER))
              .toList();
      if (!isWhole(review, lines)) {
        halfSeen.add(review.subject());
        continue;
      }
      remarksSeen.remove(review.nodeId());
      if (wantsWork(review, lines, addresses)) {
        whole.add(whole(review, lines));
      } else {
        forget(review);
      }
    }
    return whole;
  }

  /** Whether the last look showed the same of it. */
  private boolean isWhole(Review review, List<LineComment> lines) {
    return Optional.ofNullable(remarksSeen.put(review.nodeId(), lines.size()))
        .filter(before -> before == lines.size())
        .isPresent();
  }

  /** On a pull request of knight's own nobody has to call it by its name. */
  private static boolean wantsWork(
      Review review, List<LineComment> lines, Predicate<String> addresses) {
    return switch (review.state()) {
      case "CHANGES_REQUESTED" -> true;
      case "APPROVED", COMMENTED -> !lines.isEmpty() || addresses.test(review.body());
      default -> false; // taken back by somebody with the right to
    };
  }

  private void forget(Review review) {
    nothing.add(review.nodeId());
    if (nothing.size() > MOST_REMEMBERED) {
      nothing.remove(nothing.iterator().next());
    }
  }

  /** What is no more than one comment is that comment, whose words may be an order. */
  private static Whole whole(Review review, List<LineComment> lines) {
    List<Remark> remarks = lines.stream().map(Reviews::remark).toList();
    boolean lone = lines.size() == 1 && review.body().isBlank();
    if (!lone || !review.state().equals(COMMENTED)) {
      return new Whole(review, remarks, Optional.empty());
    }
    Comment comment = lines.getFirst().comment();
    Review alone =
        new Review(
            review.id(),
            review.nodeId(),
            review.subject(),
            review.author(),
            review.state(),
            comment.body(),
            comment.link(),
            review.submittedAt());
    return new Whole(alone, remarks, Optional.of(comment.id()));
  }

  private static Remark remark(LineComment line) {
    return new Remark(
        line.comment().id(),
        line.thread(),
        line.commit(),
        line.path(),
        line.line(),
        line.hunk(),
        line.comment().body());
  }
}

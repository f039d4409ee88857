package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.ListQuestion;
import dev.knight.github.Listed;
import dev.knight.github.Page;
import dev.knight.github.Repository;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks at one repository: reads its three lists and keeps what they bring. */
final class RepositoryPoll {
  private static final Logger LOG = Logger.getLogger(RepositoryPoll.class);

  private final GitHub github;
  private final JobStore store;
  private final Judge judge;
  private final Asides asides;
  private final LimitNotice notice;
  private final Reviews reviews;
  private final InstantSource clock;

  RepositoryPoll(
      GitHub github,
      JobStore store,
      Judge judge,
      Asides asides,
      LimitNotice notice,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.judge = judge;
    this.asides = asides;
    this.notice = notice;
    this.reviews = new Reviews(github, store, clock);
    this.clock = clock;
  }

  /** What a look came to. */
  sealed interface Look {
    /**
     * All was read.
     *
     * @param busy whether anything was new
     * @param changed when an issue or pull request last changed, if one has since the look before
     */
    record Seen(boolean busy, Optional<Instant> changed) implements Look {
      private static final Seen NOTHING = new Seen(false, Optional.empty());

      private Seen and(Seen other) {
        return new Seen(busy || other.busy, changed.or(other::changed));
      }
    }

    /** The repository cannot be served; {@code reason} is one sentence for the operator. */
    record Unserved(String reason) implements Look {}
  }

  /** Why the repository cannot be served at all, if so. */
  Optional<String> obstacle(RepositoryName name) {
    Optional<Repository> found = github.repository(name);
    if (found.isEmpty()) {
      return Optional.of("GitHub does not show it to this token, or it does not exist");
    }
    Repository repository = found.get();
    if (!repository.name().equals(name)) {
      return Optional.of(
          "it is now %s; put that name under knight.github.repositories"
              .formatted(repository.name()));
    }
    return repository.archived() ? Optional.of("it is archived") : Optional.empty();
  }

  /** Reads each list to its end. */
  Look look(RepositoryName repository) {
    Look.Seen seen = Look.Seen.NOTHING;
    for (StreamKind kind : StreamKind.values()) {
      switch (read(repository, kind)) {
        case Look.Seen news -> seen = seen.and(news);
        case Look.Unserved unserved -> {
          return unserved;
        }
      }
    }
    return seen.and(new Look.Seen(readReviews(repository), Optional.empty()));
  }

  /** Reviews have no list of their own, so nothing of theirs moves an anchor. */
  private boolean readReviews(RepositoryName repository) {
    Optional<StreamAnchor> anchor = store.anchor(repository, StreamKind.ISSUES);
    if (anchor.isEmpty()) {
      return false;
    }
    List<Reviews.Whole> whole = reviews.look(repository, judge::isAddressed);
    List<JudgedMention> mentions =
        asides.answered(judge.judge(repository, whole, anchor.get().since()));
    if (!mentions.isEmpty()) {
      keep(repository, StreamKind.ISSUES, anchor.get(), mentions);
    }
    return !mentions.isEmpty() || reviews.isWaiting(repository);
  }

  private Look read(RepositoryName repository, StreamKind kind) {
    Optional<StreamAnchor> anchor = store.anchor(repository, kind);
    StreamAnchor from = anchor.orElseGet(this::beforeFirstContact);
    return switch (new StreamWalk<Listed>(ask -> page(repository, kind, ask)).from(from)) {
      case StreamWalk.Result.Unchanged<Listed> _ -> Look.Seen.NOTHING;
      case StreamWalk.Result.Unreadable<Listed>(String reason) -> new Look.Unserved(reason);
      case StreamWalk.Result.Walked<Listed> walked when anchor.isEmpty() ->
          begin(repository, kind, walked);
      case StreamWalk.Result.Walked<Listed> walked -> keep(repository, kind, from, walked);
    };
  }

  private Page<? extends Listed> page(
      RepositoryName repository, StreamKind kind, ListQuestion question) {
    return switch (kind) {
      case ISSUES -> github.issues(repository, question);
      case ISSUE_COMMENTS -> github.issueComments(repository, question);
      case REVIEW_COMMENTS -> github.reviewComments(repository, question);
    };
  }

  /** Where to look for history. The local clock will do: what it finds is not acted on. */
  private StreamAnchor beforeFirstContact() {
    Instant since = clock.instant().minus(Judge.LOOK_BACK).truncatedTo(ChronoUnit.SECONDS);
    return new StreamAnchor(since, Optional.empty());
  }

  /** First contact: what is there already is never acted on, but for the last two minutes. */
  private Look begin(
      RepositoryName repository, StreamKind kind, StreamWalk.Result.Walked<Listed> walked) {
    Instant start = walked.answeredAt().minus(StreamWalk.OVERLAP);
    List<Listed> before =
        walked.items().stream().filter(item -> item.updatedAt().isBefore(start)).toList();
    StreamAnchor anchor = new StreamAnchor(start, Optional.empty());
    store.keep(repository, kind, anchor, judge.history(kind, before), clock.instant());
    LOG.infof("repository=%s list=%s Watched from now on", repository, kind);
    return new Look.Seen(true, Optional.empty());
  }

  private Look keep(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor from,
      StreamWalk.Result.Walked<Listed> walked) {
    noteMerged(walked.items());
    reviews.changed(kind == StreamKind.ISSUE_COMMENTS ? List.of() : walked.items());
    List<JudgedMention> mentions =
        asides.answered(
            judge.judge(
                repository, kind, alone(kind, walked.items()), from.since(), walked.answeredAt()));
    if (!mentions.isEmpty() || !walked.next().equals(from)) {
      keep(repository, kind, walked.next(), mentions);
    }
    boolean busy = !mentions.isEmpty() || walked.next().since().isAfter(from.since());
    return new Look.Seen(
        busy, kind == StreamKind.ISSUES ? changed(from, walked) : Optional.empty());
  }

  /** When the newest changed of what is later than all that was read before. */
  private static Optional<Instant> changed(
      StreamAnchor from, StreamWalk.Result.Walked<Listed> walked) {
    Instant read = from.since().plus(StreamWalk.OVERLAP);
    return walked.items().stream()
        .map(Listed::updatedAt)
        .max(Comparator.naturalOrder())
        .filter(at -> at.isAfter(read));
  }

  /** Before the anchor moves: after a crash in between the same is read again. */
  private void noteMerged(List<Listed> items) {
    for (Listed item : items) {
      if (item instanceof Issue pull && pull.mergedAt().isPresent()) {
        store.merged(pull.subject(), pull.mergedAt().get(), clock.instant());
      }
    }
  }

  /** What stands on the lines of knight's own pull requests comes with its review. */
  private List<Listed> alone(StreamKind kind, List<Listed> items) {
    return switch (kind) {
      case ISSUES, ISSUE_COMMENTS -> items;
      case REVIEW_COMMENTS ->
          items.stream().filter(item -> !reviews.isOwn(item.subject())).toList();
    };
  }

  private void keep(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor anchor,
      List<JudgedMention> mentions) {
    // Before the mentions are kept: after a crash in between both are done again, and once.
    notice.due(mentions).forEach(notice::tell);
    List<Job> jobs = store.keep(repository, kind, anchor, mentions, clock.instant());
    mentions.forEach(RepositoryPoll::log);
    jobs.forEach(job -> LOG.infof("repository=%s job=%s Queued", repository, job.id()));
  }

  private static void log(JudgedMention judged) {
    LOG.infof(
        "repository=%s issue=%d verdict=%s A mention was judged",
        judged.mention().subject().repository(),
        judged.mention().subject().number(),
        judged.verdict());
  }
}

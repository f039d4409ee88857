package dev.knight.intake;

import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.Listed;
import dev.knight.github.Review;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Mention.Source;
import dev.knight.job.Order;
import dev.knight.job.RepositoryName;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamKind;
import dev.knight.job.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the mentions among what changed, and decides about each, once: who wrote it, whether it is
 * new, and whether its author may command knight. What GitHub cannot say now stops the whole walk.
 */
final class Judge {
  /**
   * How long after its writing a text may still come to address knight by an edit. An older one was
   * touched for some other reason.
   */
  static final Duration LOOK_BACK = Duration.ofHours(24);

  /** A comment touches its issue, and two of GitHub's clocks differ a little. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final String CHANGED =
      "(The issue was changed after the request, and GitHub does not say how. Its text is left out.)";

  /** GitHub's placeholder for accounts that are gone. */
  private static final String GHOST = "ghost";

  private final GitHub github;
  private final JobStore store;
  private final PollingSettings settings;
  private final Trust trust;
  private final Pace pace;
  private final InstantSource clock;

  Judge(
      GitHub github,
      JobStore store,
      PollingSettings settings,
      Trust trust,
      Pace pace,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.settings = settings;
    this.trust = trust;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * The mentions that the store does not know.
   *
   * @param since what was written before this, and before {@link #LOOK_BACK}, is stale
   */
  List<JudgedMention> judge(
      RepositoryName repository,
      StreamKind kind,
      List<Listed> items,
      Instant since,
      Instant answeredAt) {
    Instant dayAgo = answeredAt.minus(LOOK_BACK);
    Instant oldest = since.isBefore(dayAgo) ? since : dayAgo;
    Pace.Look look = pace.look();
    List<JudgedMention> judged = new ArrayList<>();
    for (Listed item : unseen(items)) {
      judge(repository, kind, item, oldest, look).ifPresent(judged::add);
    }
    for (Listed item : items) {
      if (item.updatedAt().isAfter(item.createdAt())) {
        edit(repository, item, look).ifPresent(judged::add);
      }
    }
    return judged;
  }

  /**
   * A request that its writer changed while its job is under way: what differs is told as one more
   * request. Whoever may write to the repository may edit it as well, and is trusted as much.
   */
  private Optional<JudgedMention> edit(RepositoryName repository, Listed item, Pace.Look look) {
    return store
        .mention(item.nodeId())
        .filter(known -> item.author().filter(by -> is(by, known.mention())).isPresent())
        .filter(known -> store.find(known.job()).filter(job -> !job.isFinished()).isPresent())
        .filter(known -> !wording(known).equals(item.body()))
        .filter(_ -> trust.admits(repository, item.author().orElseThrow()) && trust.isOwnWord(item))
        .flatMap(known -> edit(repository, item, known, look));
  }

  private Optional<JudgedMention> edit(
      RepositoryName repository, Listed item, StoredMention known, Pace.Look look) {
    Order order = order(item);
    if (order == Order.REVIEW && known.mention().order() == Order.REVIEW) {
      return Optional.empty(); // it is of the same change, and under way
    }
    Mention edit =
        known
            .mention()
            .edited(
                item.updatedAt(), item.body(), Rewording.of(wording(known), item.body()), order);
    if (store.unseen(List.of(edit.nodeId())).isEmpty()) {
      return Optional.empty();
    }
    Verdict alone = heard(order);
    boolean tooMany = alone == Verdict.ACCEPTED && !look.admits(repository, edit.author());
    return Optional.of(new JudgedMention(edit, tooMany ? Verdict.LIMITED : alone));
  }

  private static boolean is(Account account, Mention mention) {
    return isThere(account) && account.id() == mention.author().id();
  }

  /** What {@code known} said when it was read last. */
  private String wording(StoredMention known) {
    return store.mentions(known.job()).stream()
        .map(StoredMention::mention)
        .filter(later -> later.editOf().equals(Optional.of(known.mention().nodeId())))
        .reduce((_, later) -> later)
        .flatMap(Mention::report)
        .map(Mention.Report::text)
        .orElse(known.mention().text());
  }

  /** The same for reviews, which are new to the store and address knight. */
  List<JudgedMention> judge(RepositoryName repository, List<Reviews.Whole> reviews, Instant since) {
    Instant dayAgo = clock.instant().minus(LOOK_BACK);
    Instant oldest = since.isBefore(dayAgo) ? since : dayAgo;
    Pace.Look look = pace.look();
    List<JudgedMention> judged = new ArrayList<>();
    for (Reviews.Whole whole : reviews) {
      judge(repository, StreamKind.ISSUES, whole.review(), oldest, look)
          .map(one -> with(whole, one))
          .ifPresent(judged::add);
    }
    return judged;
  }

  private JudgedMention with(Reviews.Whole whole, JudgedMention judged) {
    Mention plain = judged.mention();
    Mention mention =
        new Mention(
            plain.nodeId(),
            plain.subject(),
            whole.comment().isPresent() ? Source.REVIEW_COMMENT : Source.REVIEW,
            whole.comment().orElse(plain.sourceId()),
            plain.author(),
            plain.title(),
            plain.text(),
            plain.link(),
            plain.at(),
            plain.report(),
            plain.order());
    Verdict verdict = isPast(whole, judged) ? Verdict.STALE : judged.verdict();
    return new JudgedMention(mention, verdict, judged.open(), whole.remarks());
  }

  /** What is merged or closed is done: whoever wants something there calls knight by its name. */
  private boolean isPast(Reviews.Whole whole, JudgedMention judged) {
    return judged.verdict() == Verdict.ACCEPTED
        && !judged.open()
        && !isAddressed(whole.review().body())
        && whole.remarks().stream().noneMatch(remark -> isAddressed(remark.text()));
  }

  /** Whether {@code text} addresses knight. */
  boolean isAddressed(String text) {
    return grammar().mentions(text);
  }

  /** What was there before knight first looked: known from now on, and never acted on. */
  List<JudgedMention> history(StreamKind kind, List<Listed> items) {
    List<JudgedMention> judged = new ArrayList<>();
    for (Listed item : unseen(items)) {
      item.author()
          .ifPresent(
              by -> judged.add(judged(kind, item, by, Above.UNREAD, Order.DO, Verdict.STALE)));
    }
    return judged;
  }

  private List<Listed> unseen(List<Listed> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    MentionGrammar grammar = grammar();
    List<Listed> mentions =
        items.stream()
            .filter(item -> item.author().filter(Judge::isThere).isPresent())
            .filter(item -> grammar.mentions(item.body()))
            .toList();
    Set<String> unseen = store.unseen(mentions.stream().map(Listed::nodeId).toList());
    return mentions.stream().filter(item -> unseen.contains(item.nodeId())).toList();
  }

  /**
   * An owner may let knight work by their own account, so what knight wrote is told by its marker.
   */
  static boolean isThere(Account author) {
    return !author.login().equalsIgnoreCase(GHOST);
  }

  private Optional<JudgedMention> judge(
      RepositoryName repository, StreamKind kind, Listed item, Instant oldest, Pace.Look look) {
    Account author = item.author().orElseThrow();
    Order order = order(item);
    Verdict alone = verdict(repository, item, author, order, oldest);
    boolean tooMany = alone == Verdict.ACCEPTED && !look.admits(repository, author.person());
    Verdict verdict = tooMany ? Verdict.LIMITED : alone;
    Optional<Above> above =
        verdict == Verdict.ACCEPTED ? above(repository, item) : Optional.of(Above.UNREAD);
    return above.map(found -> judged(kind, item, author, found, order, verdict));
  }

  private Order order(Listed item) {
    return grammar()
        .said(item.body(), MentionGrammar.isOnPullRequest(item.link()))
        .map(Said::order)
        .orElse(Order.DO);
  }

  private Verdict verdict(
      RepositoryName repository, Listed item, Account author, Order order, Instant oldest) {
    if (author.bot() && !trust.names(author)) {
      return Verdict.BOT;
    }
    boolean closed = item instanceof Issue issue && !issue.open();
    if (closed || item.createdAt().isBefore(oldest)) {
      return Verdict.STALE;
    }
    if (!trust.admits(repository, author) || !trust.isOwnWord(item)) {
      return Verdict.STRANGER;
    }
    return heard(order);
  }

  private static Verdict heard(Order order) {
    return switch (order) {
      case STOP -> Verdict.STOP;
      case STATUS, HELP -> Verdict.ASIDE;
      case DO, PLAN, REVIEW, ASK, GO, RETRY -> Verdict.ACCEPTED;
    };
  }

  private MentionGrammar grammar() {
    return new MentionGrammar(settings.names(github.me().login()));
  }

  /** What an item stands under. */
  private record Above(String title, Optional<Mention.Report> report, boolean open) {
    static final Above UNREAD = new Above("", Optional.empty(), true);
  }

  /** What it stands under, or empty when that is gone by now. */
  private Optional<Above> above(RepositoryName repository, Listed item) {
    return switch (item) {
      case Issue issue -> Optional.of(new Above(issue.title(), Optional.empty(), issue.open()));
      case Comment _, Review _ ->
          github
              .issue(item.subject())
              .map(
                  issue -> new Above(issue.title(), report(repository, item, issue), issue.open()));
    };
  }

  /**
   * GitHub's REST API tells that an issue was touched, and neither how nor by whom. If that was
   * after the request, its text counts only if whoever could have edited it may command knight.
   */
  private Optional<Mention.Report> report(RepositoryName repository, Listed asks, Issue issue) {
    return issue
        .author()
        .map(author -> {
          boolean touched = issue.updatedAt().isAfter(asks.updatedAt().plus(SLACK));
          boolean counts = !touched || trust.admits(repository, author);
          return new Mention.Report(author.person(), counts ? issue.body() : CHANGED);
        });
  }

  private static JudgedMention judged(
      StreamKind kind, Listed item, Account author, Above above, Order order, Verdict verdict) {
    Mention mention =
        new Mention(
            item.nodeId(),
            item.subject(),
            source(kind),
            sourceId(item),
            author.person(),
            above.title(),
            item.body(),
            item.link(),
            item.updatedAt(),
            above.report(),
            order);
    return new JudgedMention(mention, verdict, above.open());
  }

  private static Source source(StreamKind kind) {
    return switch (kind) {
      case ISSUES -> Source.ISSUE;
      case ISSUE_COMMENTS -> Source.ISSUE_COMMENT;
      case REVIEW_COMMENTS -> Source.REVIEW_COMMENT;
    };
  }

  private static long sourceId(Listed item) {
    return switch (item) {
      case Issue issue -> issue.subject().number();
      case Comment comment -> comment.id();
      case Review review -> review.id();
    };
  }
}

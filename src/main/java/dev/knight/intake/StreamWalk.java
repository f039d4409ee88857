package dev.knight.intake;

import dev.knight.github.Dated;
import dev.knight.github.ListQuestion;
import dev.knight.github.Page;
import dev.knight.job.StreamAnchor;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what changed in one list since its anchor. The next page is asked for by the time of the
 * last item and not by its number: an edit during the walk moves an item to the end, and a page
 * counted from the start would skip the one that moves up.
 */
final class StreamWalk<T extends Dated> {
  /**
   * How far behind the newest item the anchor stays: rows may become visible late, out of order.
   */
  static final Duration OVERLAP = Duration.ofMinutes(2);

  /** 10,000 items in one go; the next poll goes on from there. */
  private static final int MAX_PAGES = 100;

  private final Function<ListQuestion, Page<? extends T>> list;
  private final Map<String, T> items = new LinkedHashMap<>();
  private Instant latest = Instant.EPOCH;
  private int pages;

  /** A walk through the list whose pages {@code list} asks for. */
  StreamWalk(Function<ListQuestion, Page<? extends T>> list) {
    this.list = list;
  }

  /** What a walk came to. */
  sealed interface Result<T> {
    /** Nothing changed. */
    record Unchanged<T>() implements Result<T> {}

    /** The list cannot be read; {@code reason} is one sentence. */
    record Unreadable<T>(String reason) implements Result<T> {}

    /**
     * What changed.
     *
     * @param items each as it was seen last
     * @param answeredAt when GitHub gave the first answer, by its clock
     * @param next the anchor for the next poll
     */
    record Walked<T>(List<T> items, Instant answeredAt, StreamAnchor next) implements Result<T> {}
  }

  /** Walks from {@code anchor} to the end. */
  Result<T> from(StreamAnchor anchor) {
    return switch (list.apply(ListQuestion.since(anchor.since()).unless(anchor.etag()))) {
      case Page.NotModified<? extends T> _ -> new Result.Unchanged<>();
      case Page.Unreadable<? extends T>(String reason) -> new Result.Unreadable<>(reason);
      case Page.Items<? extends T> first -> walk(anchor, first);
    };
  }

  private Result<T> walk(StreamAnchor anchor, Page.Items<? extends T> first) {
    ListQuestion question = ListQuestion.since(anchor.since());
    Page.Items<? extends T> page = first;
    take(page);
    Optional<ListQuestion> next = following(question, page);
    while (next.isPresent() && pages < MAX_PAGES) {
      question = next.get();
      switch (list.apply(question)) {
        case Page.Items<? extends T> more -> page = more;
        case Page.Unreadable<? extends T>(String reason) -> {
          return new Result.Unreadable<>(reason);
        }
        case Page.NotModified<? extends T> _ ->
            throw new UnavailableException(
                "GitHub calls a page unchanged that was not asked for so.", Optional.empty());
      }
      take(page);
      next = following(question, page);
    }
    return new Result.Walked<>(
        List.copyOf(items.values()), first.answeredAt(), next(anchor, first, next.isEmpty()));
  }

  private void take(Page.Items<? extends T> page) {
    pages++;
    for (T item : page.items()) {
      items.put(item.nodeId(), item);
      latest = item.updatedAt().isAfter(latest) ? item.updatedAt() : latest;
    }
  }

  /** Where the walk goes on, or empty at its end. */
  private Optional<ListQuestion> following(ListQuestion question, Page.Items<? extends T> page) {
    if (!page.isFull()) {
      return Optional.empty();
    }
    Instant last = seconds(page.items().getLast().updatedAt());
    // A page may lie within one second altogether: only then its successor is asked for by address.
    return last.isAfter(question.since())
        ? Optional.of(ListQuestion.since(last))
        : page.next().map(question::at);
  }

  /**
   * The next anchor. It stands still until something new arrives, so that the same question can be
   * asked conditionally, and it is never later than GitHub's own clock less the overlap.
   */
  private StreamAnchor next(StreamAnchor anchor, Page.Items<? extends T> first, boolean complete) {
    Instant seen = complete ? latest.minus(OVERLAP) : latest;
    Instant bound = first.answeredAt().minus(OVERLAP);
    Instant since = items.isEmpty() ? anchor.since() : seconds(earlier(seen, bound));
    if (since.isAfter(anchor.since())) {
      return new StreamAnchor(since, Optional.empty());
    }
    // An entity tag speaks for its page alone: a full one may stay as it is while others follow.
    return new StreamAnchor(anchor.since(), first.isFull() ? Optional.empty() : first.etag());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}

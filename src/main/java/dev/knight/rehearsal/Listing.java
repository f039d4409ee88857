package dev.knight.rehearsal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Filters and orders a list as the query asks: {@code since}, {@code sort}, {@code direction}. */
final class Listing {
  private Listing() {}

  /** Those of {@code items} that are asked for, each of which is about an issue. */
  static <T> List<T> issues(
      Call call, Stream<T> items, Function<T, Issue> issue, String usualDirection) {
    String state = call.query("state", "open");
    Instant since = call.since();
    Predicate<Issue> asked = one -> state.equals("all") || one.open() == state.equals("open");
    return items
        .filter(item -> asked.test(issue.apply(item)))
        .filter(item -> !issue.apply(item).updatedAt().isBefore(since))
        .sorted(
            order(
                call,
                usualDirection,
                issue.andThen(Issue::createdAt),
                issue.andThen(Issue::updatedAt),
                issue.andThen(Issue::id)))
        .toList();
  }

  static List<Comment> comments(Call call, Stream<Comment> comments) {
    Instant since = call.since();
    return comments
        .filter(comment -> !comment.updatedAt().isBefore(since))
        .sorted(order(call, "asc", Comment::createdAt, Comment::updatedAt, Comment::id))
        .toList();
  }

  private static <T> Comparator<T> order(
      Call call,
      String usualDirection,
      Function<T, Instant> created,
      Function<T, Instant> updated,
      Function<T, Long> number) {
    boolean byUpdate = call.query("sort", "created").equals("updated");
    Comparator<T> order = Comparator.comparing(byUpdate ? updated : created).thenComparing(number);
    boolean ascending = call.query("direction", usualDirection).equals("asc");
    return ascending ? order : order.reversed();
  }
}

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

  static List<Issue> issues(Call call, Stream<Issue> issues, String usualDirection) {
    String state = call.query("state", "open");
    Instant since = call.since();
    Predicate<Issue> asked = issue -> state.equals("all") || issue.open() == state.equals("open");
    return issues
        .filter(asked)
        .filter(issue -> !issue.updatedAt().isBefore(since))
        .sorted(order(call, usualDirection, Issue::createdAt, Issue::updatedAt, Issue::number))
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

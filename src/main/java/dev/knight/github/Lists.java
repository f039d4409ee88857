package dev.knight.github;

import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads lists, a page at a time or whole. */
final class Lists {
  /** 3,000 comments: a conversation longer than that is read no further. */
  private static final int MAX_PAGES = 30;

  /** What may stand in a header and in the store; GitHub's have about 70 characters. */
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[!#-~]{1,200}\"");

  private final Exchange exchange;
  private final GitHubSettings settings;

  Lists(Exchange exchange, GitHubSettings settings) {
    this.exchange = exchange;
    this.settings = settings;
  }

  /** One page of the list of changes at {@code address}, unless the question names another. */
  <T extends Listed> Page<T> page(
      RepositoryName repository, URI address, ListQuestion question, Function<Fields, T> shape) {
    HttpReply reply =
        exchange.read(HttpAsk.read(question.verbatim().orElse(address)).unless(question.etag()));
    return switch (reply.status()) {
      case 200 -> items(reply, shape);
      case 304 -> new Page.NotModified<>();
      default -> new Page.Unreadable<>(unreadable(repository, reply));
    };
  }

  /** All pages from {@code address} on. */
  <T> List<T> all(String what, URI address, Function<Fields, T> shape) {
    List<T> all = new ArrayList<>();
    Optional<URI> next = Optional.of(address);
    for (int page = 0; next.isPresent() && page < MAX_PAGES; page++) {
      HttpReply reply = exchange.read(HttpAsk.read(next.get()));
      if (reply.status() != 200) {
        throw Border.refused(what, reply);
      }
      Fields.list(Json.parse(reply.body())).stream().map(shape).forEach(all::add);
      next = Links.next(reply, settings);
    }
    return List.copyOf(all);
  }

  private <T extends Listed> Page<T> items(HttpReply reply, Function<Fields, T> shape) {
    List<T> items = Fields.list(Json.parse(reply.body())).stream().map(shape).toList();
    Instant answeredAt = reply.date().orElseThrow(() -> Fields.unusable("date"));
    Page.Items<T> page =
        new Page.Items<>(
            items,
            reply.header("etag").filter(etag -> ETAG.matcher(etag).matches()),
            answeredAt,
            Links.next(reply, settings));
    if (page.isFull() && !isSorted(items)) {
      throw new UnavailableException(
          "GitHub's answer is not in the order that was asked for.", Optional.empty());
    }
    return page;
  }

  private static boolean isSorted(List<? extends Listed> items) {
    Instant last = Instant.MIN;
    for (Listed item : items) {
      if (item.updatedAt().isBefore(last)) {
        return false;
      }
      last = item.updatedAt();
    }
    return true;
  }

  private static String unreadable(RepositoryName repository, HttpReply reply) {
    return switch (reply.status()) {
      case 404 -> "GitHub does not show " + repository + " to this token, or it does not exist";
      case 410 -> "a list of " + repository + " is turned off";
      case 451 -> "GitHub has blocked " + repository + " for legal reasons";
      default -> "GitHub refuses a list of " + repository + ": " + Border.message(reply);
    };
  }
}

package dev.knight.github;

import com.fasterxml.jackson.databind.JsonNode;
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

  private static final String REPOSITORIES = "repositories";

  /** What may stand in a header and in the store; GitHub's have about 70 characters. */
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[!#-~]{1,200}\"");

  private final Exchange exchange;
  private final GitHubSettings settings;

  Lists(Exchange exchange, GitHubSettings settings) {
    this.exchange = exchange;
    this.settings = settings;
  }

  /**
   * One page of the list of changes at {@code address}, unless the question names another.
   *
   * @param whose what the list is of, for a sentence if it cannot be read
   */
  <T extends Dated> Page<T> page(
      String whose, URI address, ListQuestion question, Function<Fields, T> shape) {
    HttpReply reply =
        exchange.read(HttpAsk.read(question.verbatim().orElse(address)).unless(question.etag()));
    return switch (reply.status()) {
      case 200 -> items(reply, shape);
      case 304 -> new Page.NotModified<>();
      default -> new Page.Unreadable<>(unreadable(whose, reply));
    };
  }

  /** All pages from {@code address} on. */
  <T> List<T> all(String what, URI address, Function<Fields, T> shape) {
    return unless(Optional.empty(), what, address, shape).map(Whole::items).orElseThrow();
  }

  /** A whole list; its entity tag speaks for one page, so a longer list has none. */
  record Whole<T>(List<T> items, Optional<String> etag) {}

  /** All pages from {@code address} on, or empty if they are as {@code etag} says. */
  <T> Optional<Whole<T>> unless(
      Optional<String> etag, String what, URI address, Function<Fields, T> shape) {
    HttpReply first = exchange.read(HttpAsk.read(address).unless(etag));
    if (etag.isPresent() && first.status() == 304) {
      return Optional.empty();
    }
    List<T> all = new ArrayList<>(items(what, first, shape));
    Optional<URI> next = Links.next(first, settings);
    Optional<String> tag = next.isPresent() ? Optional.empty() : etag(first);
    for (int page = 1; next.isPresent() && page < MAX_PAGES; page++) {
      HttpReply reply = exchange.read(HttpAsk.read(next.get()));
      all.addAll(items(what, reply, shape));
      next = Links.next(reply, settings);
    }
    return Optional.of(new Whole<>(List.copyOf(all), tag));
  }

  private static <T> List<T> items(String what, HttpReply reply, Function<Fields, T> shape) {
    if (reply.status() != 200) {
      throw Border.refused(what, reply);
    }
    JsonNode whole = Json.parse(reply.body());
    // An installation's repositories come with their number around them.
    JsonNode list = whole.has(REPOSITORIES) ? whole.path(REPOSITORIES) : whole;
    return Fields.list(list).stream().map(shape).toList();
  }

  private <T extends Dated> Page<T> items(HttpReply reply, Function<Fields, T> shape) {
    List<T> items = Fields.list(Json.parse(reply.body())).stream().map(shape).toList();
    Instant answeredAt = reply.date().orElseThrow(() -> Fields.unusable("date"));
    Page.Items<T> page =
        new Page.Items<>(items, etag(reply), answeredAt, Links.next(reply, settings));
    if (page.isFull() && !isSorted(items)) {
      throw new UnavailableException(
          "GitHub's answer is not in the order that was asked for.", Optional.empty());
    }
    return page;
  }

  /** The entity tag of an answer, if it can be sent back. */
  static Optional<String> etag(HttpReply reply) {
    return reply.header("etag").filter(etag -> ETAG.matcher(etag).matches());
  }

  private static boolean isSorted(List<? extends Dated> items) {
    Instant last = Instant.MIN;
    for (Dated item : items) {
      if (item.updatedAt().isBefore(last)) {
        return false;
      }
      last = item.updatedAt();
    }
    return true;
  }

  private static String unreadable(String whose, HttpReply reply) {
    return switch (reply.status()) {
      case 404 -> "GitHub does not show " + whose + " to this token, or it does not exist";
      case 410 -> "a list of " + whose + " is turned off";
      case 451 -> "GitHub has blocked " + whose + " for legal reasons";
      default -> "GitHub refuses a list of " + whose + ": " + Border.message(reply);
    };
  }
}

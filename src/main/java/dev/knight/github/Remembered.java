package dev.knight.github;

import dev.knight.job.UnavailableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists that are read whole again and again: each page is kept with its entity tag, and asked for
 * anew only if it has changed.
 */
final class Remembered<T> {
  /** 1,000 items: who has more checks than that has them watched no further. */
  private static final int MAX_PAGES = 10;

  /** More commits than are watched at a time; beyond it the oldest are forgotten. */
  private static final int MOST = 200;

  private final Exchange exchange;
  private final GitHubSettings settings;
  private final String member;
  private final Function<Fields, T> shape;
  private final Map<URI, Known<T>> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param member the member of the answer that holds the list; empty if the answer is the list
   */
  Remembered(Exchange exchange, GitHubSettings settings, String member, Function<Fields, T> shape) {
    this.exchange = exchange;
    this.settings = settings;
    this.member = member;
    this.shape = shape;
  }

  private record Known<T>(String etag, List<T> items, Optional<URI> next) {}

  /** All pages from {@code address} on. */
  synchronized List<T> all(String what, URI address) {
    List<T> all = new ArrayList<>();
    Optional<URI> next = Optional.of(address);
    for (int page = 0; next.isPresent() && page < MAX_PAGES; page++) {
      Known<T> read = page(what, next.get());
      all.addAll(read.items());
      next = read.next();
    }
    return List.copyOf(all);
  }

  private Known<T> page(String what, URI address) {
    Optional<Known<T>> before = Optional.ofNullable(known.get(address));
    HttpReply reply = exchange.read(HttpAsk.read(address).unless(before.map(Known::etag)));
    if (reply.status() == 304 && before.isPresent()) {
      return before.get();
    }
    if (reply.status() == 422) {
      throw new UnavailableException("GitHub does not see the commit yet.", Optional.empty());
    }
    if (reply.status() != 200) {
      throw Border.refused(what, reply);
    }
    return kept(address, reply);
  }

  private Known<T> kept(URI address, HttpReply reply) {
    var tree = Json.parse(reply.body());
    List<T> items =
        Fields.list(member.isEmpty() ? tree : tree.path(member)).stream().map(shape).toList();
    Known<T> page = new Known<>(Lists.etag(reply).orElse(""), items, Links.next(reply, settings));
    if (!page.etag().isEmpty()) {
      known.put(address, page);
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return page;
  }
}

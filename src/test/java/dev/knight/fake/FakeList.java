package dev.knight.fake;

import dev.knight.github.ListQuestion;
import dev.knight.github.Listed;
import dev.knight.github.Page;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A list of GitHub's: it shows what is in it a while after it was put there. */
public final class FakeList<T extends Listed> {
  private final InstantSource clock;
  private final Supplier<Duration> lag;
  private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

  FakeList(InstantSource clock, Supplier<Duration> lag) {
    this.clock = clock;
    this.lag = lag;
  }

  private record Entry<T>(T item, Instant shownAt) {}

  /** Puts {@code item} there, or replaces the one with its node id. */
  void put(T item) {
    Entry<T> before = entries.get(item.nodeId());
    Instant shownAt = before == null ? clock.instant().plus(lag.get()) : before.shownAt();
    entries.put(item.nodeId(), new Entry<>(item, shownAt));
  }

  /** Takes it away; the list forgets it at once. */
  void remove(String nodeId) {
    entries.remove(nodeId);
  }

  /** Everything, shown or not, oldest first. */
  public List<T> all() {
    return entries.values().stream().map(Entry::item).toList();
  }

  /** What the list shows now, oldest first. */
  List<T> visible() {
    Instant now = clock.instant();
    return entries.values().stream()
        .filter(entry -> !now.isBefore(entry.shownAt()))
        .map(Entry::item)
        .toList();
  }

  /** One page, oldest change first. */
  Page<T> page(ListQuestion question) {
    List<T> changed =
        visible().stream()
            .filter(item -> !item.updatedAt().isBefore(question.since()))
            .sorted(Comparator.comparing(Listed::updatedAt).thenComparing(Listed::nodeId))
            .toList();
    int from = question.verbatim().map(FakeList::from).orElse(0);
    List<T> items =
        changed.subList(Math.min(from, changed.size()), Math.min(from + Page.FULL, changed.size()));
    String etag = "\"%08x\"".formatted(items.hashCode());
    if (question.etag().equals(Optional.of(etag))) {
      return new Page.NotModified<>();
    }
    Optional<URI> next =
        from + items.size() < changed.size()
            ? Optional.of(URI.create("https://github.test/?from=" + (from + Page.FULL)))
            : Optional.empty();
    Instant answeredAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Page.Items<>(items, Optional.of(etag), answeredAt, next);
  }

  private static int from(URI page) {
    return Integer.parseInt(page.getQuery().replace("from=", ""));
  }
}

package dev.knight.live;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.api.LivePosition;
import dev.knight.bridge.JournalEntry;
import dev.knight.bridge.JournalReader;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was said in a job so far, a page at a time, from its story and its journals. Nobody who
 * works is asked. {@link Feeds} goes on where a page ends.
 */
@Singleton
public final class Past {
  private final JobStore store;
  private final KnightHome home;
  private final Redactor redactor;

  Past(JobStore store, KnightHome home, Redactor redactor) {
    this.store = store;
    this.home = home;
    this.redactor = redactor;
  }

  /**
   * Something that was said or done.
   *
   * @param result how it ended, of a call that has
   */
  public record Item(LiveLine line, Optional<LiveLine> result) {}

  /**
   * A page of it.
   *
   * @param items oldest first
   * @param position all that was known when it was read: what comes after is not in it
   * @param earlier where to ask for the page before, if there is one
   */
  public record Page(List<Item> items, LivePosition position, Optional<Mark> earlier) {
    /** Keeps its own copy. */
    public Page {
      items = List.copyOf(items);
    }
  }

  /** A place in a job's past, in the order in which people read it. */
  public record Mark(Instant at, String session, long seq) implements Comparable<Mark> {
    private static final Pattern TEXT =
        Pattern.compile("([0-9TZ:.-]{1,40})~([A-Za-z0-9-]{0,80})~([0-9]{1,18})");

    private static final Comparator<Mark> ORDER =
        Comparator.comparing(Mark::at).thenComparing(Mark::session).thenComparingLong(Mark::seq);

    private static Mark of(String session, JournalEntry entry) {
      return new Mark(entry.at(), session, entry.seq());
    }

    /** Where {@code line} stands. */
    public static Mark of(LiveLine line) {
      return new Mark(line.at(), line.session(), line.seq());
    }

    /**
     * The one that {@code text} is.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Mark parse(String text) {
      Matcher parts = TEXT.matcher(text);
      try {
        if (parts.matches()) {
          return new Mark(
              Instant.parse(parts.group(1)), parts.group(2), Long.parseLong(parts.group(3)));
        }
      } catch (DateTimeException _) {
        throw new IllegalArgumentException("before is no place in a job's past");
      }
      throw new IllegalArgumentException("before is no place in a job's past");
    }

    @Override
    public int compareTo(Mark other) {
      return ORDER.compare(this, other);
    }

    /** As it stands in an address. */
    @Override
    public String toString() {
      return at + "~" + session + "~" + seq;
    }
  }

  /**
   * The last {@code most} things that were said or done in {@code job}, before {@code mark} if
   * there is one.
   */
  public Page page(JobId job, Optional<Mark> mark, int most) throws IOException {
    List<Item> items = new ArrayList<>();
    LivePosition position = LivePosition.NONE;
    Optional<Mark> gap = Optional.empty();
    for (String session : Sessions.of(home, job)) {
      Glance glance = read(session, mark, most);
      Transcriber transcriber = new Transcriber(session, redactor);
      position = position.at(session, glance.last());
      gap =
          Stream.concat(gap.stream(), glance.gap().map(it -> Mark.of(session, it)).stream())
              .max(Comparator.naturalOrder());
      items.addAll(glance.items(transcriber));
    }
    for (Event event : store.events(job, 0)) {
      LiveLine line =
          LiveLine.of(
              Kind.EVENT,
              "",
              event.sequence(),
              event.at(),
              event.kind(),
              redactor.text(event.text()));
      position = position.after(line);
      if (mark.isEmpty() || Mark.of(line).compareTo(mark.get()) < 0) {
        items.add(new Item(line, Optional.empty()));
      }
    }
    items.sort(Comparator.comparing(item -> Mark.of(item.line())));
    // What is older than a gap comes with what is missing there.
    Optional<Mark> from = gap;
    items.removeIf(item -> from.filter(it -> Mark.of(item.line()).compareTo(it) < 0).isPresent());
    int start = Math.max(0, items.size() - most);
    List<Item> page = items.subList(start, items.size());
    boolean isCut = (from.isPresent() || start > 0) && !page.isEmpty();
    return new Page(
        page, position, isCut ? Optional.of(Mark.of(page.getFirst().line())) : Optional.empty());
  }

  private Glance read(String session, Optional<Mark> mark, int most) throws IOException {
    Glance glance = new Glance(most);
    try (JournalReader journal = JournalReader.open(home.recording(session), 0)) {
      for (Optional<JournalEntry> e = journal.next(); e.isPresent(); e = journal.next()) {
        JournalEntry entry = e.get();
        Mark here = Mark.of(session, entry);
        glance.see(entry, mark.isEmpty() || here.compareTo(mark.get()) < 0);
      }
    } catch (NoSuchFileException _) {
      return glance; // it is tidied away
    }
    return glance;
  }
}

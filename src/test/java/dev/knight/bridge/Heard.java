package dev.knight.bridge;

import dev.knight.pi.PiRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** Remembers what a bridge told. */
@NullMarked
final class Heard implements BridgeListener {
  private static final long PATIENCE_MILLIS = 30_000;

  private final List<JournalEntry> entries = new ArrayList<>();
  private final List<PiRecord> live = new ArrayList<>();
  private boolean caughtUp;
  private boolean closed;

  @Override
  public synchronized void entry(JournalEntry entry) {
    entries.add(entry);
    notifyAll();
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
    notifyAll();
  }

  @Override
  public synchronized void live(PiRecord record) {
    live.add(record);
    notifyAll();
  }

  @Override
  public synchronized void closed() {
    closed = true;
    notifyAll();
  }

  synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  synchronized List<PiRecord> live() {
    return List.copyOf(live);
  }

  /** Waits for the first fact that {@code wanted} wants. */
  synchronized Fact await(Predicate<Fact> wanted) throws InterruptedException {
    Search search = new Search(wanted);
    awaitTrue(search);
    return search.found();
  }

  /** Looks at each entry once, however many come. */
  private final class Search implements BooleanSupplier {
    private final Predicate<Fact> wanted;
    private int next;

    Search(Predicate<Fact> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean getAsBoolean() {
      while (next < entries.size() && !wanted.test(found())) {
        next++;
      }
      return next < entries.size();
    }

    Fact found() {
      return entries.get(next).fact();
    }
  }

  synchronized void awaitClosed() throws InterruptedException {
    awaitTrue(() -> closed);
  }

  synchronized void awaitCaughtUp() throws InterruptedException {
    awaitTrue(() -> caughtUp);
  }

  private synchronized void awaitTrue(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!wanted.getAsBoolean()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("Not heard in time; heard " + entries.size() + " entries");
      }
      wait(millis);
    }
  }
}

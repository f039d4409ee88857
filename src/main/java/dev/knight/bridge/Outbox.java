package dev.knight.bridge;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a client is still to be told: bounded, so that a slow one costs nobody anything. */
final class Outbox {
  private static final long LIMIT = 4L * 1024 * 1024;

  /** Above this, what is not kept is forgotten, so that what is kept still fits. */
  private static final long LIVE_LIMIT = 1024 * 1024;

  private final Deque<Item> items = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /** One thing to do for the client. */
  sealed interface Item {}

  /** Tell it a line; a forgettable one may be lost. */
  static final class Line implements Item {
    private final byte[] text;
    private final boolean forgettable;

    Line(byte[] text, boolean forgettable) {
      this.text = text;
      this.forgettable = forgettable;
    }

    /** The line with its LF. */
    byte[] text() {
      return text;
    }
  }

  /** Tell it all that follows number {@code after}, then what comes. */
  record Replay(long after) implements Item {}

  /** Leave. */
  record Goodbye() implements Item {}

  /**
   * Adds {@code item}; returns at once.
   *
   * @return false when the client is too slow
   */
  synchronized boolean offer(Item item) {
    if (closed) {
      return true;
    }
    if (item instanceof Line line) {
      long full = bytes + line.text.length;
      if (line.forgettable && full > LIVE_LIMIT) {
        return true;
      }
      if (full > LIMIT) {
        return false;
      }
      bytes = full;
    }
    closed = item instanceof Goodbye;
    items.add(item);
    notifyAll();
    return true;
  }

  /** Waits for the next. */
  synchronized Item take() throws InterruptedException {
    while (items.isEmpty()) {
      wait();
    }
    Item item = items.remove();
    if (item instanceof Line line) {
      bytes -= line.text.length;
    }
    return item;
  }
}

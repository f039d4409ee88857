package dev.knight.bridge;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a client is still to be told: bounded, so that a slow one costs nobody anything. Entries
 * that do not fit are read again from the journal once the client has read what came before them.
 */
final class Outbox {
  private static final long LIMIT = 4L * 1024 * 1024;

  /** Above this, what is not kept is forgotten, so that what is kept still fits. */
  private static final long LIVE_LIMIT = 1024 * 1024;

  private final Deque<Item> items = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /** One thing to do for the client. */
  sealed interface Item {}

  /** Tell it a line. */
  static final class Line implements Item {
    private final byte[] text;
    private final long seq;

    private Line(byte[] text, long seq) {
      this.text = text;
      this.seq = seq;
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
   * Adds an answer; returns at once.
   *
   * @return false when the client asks much and reads nothing
   */
  synchronized boolean reply(byte[] line) {
    return bytes + line.length <= LIMIT && add(new Line(line, 0));
  }

  /** Adds what may be forgotten; returns at once. */
  synchronized void live(byte[] line) {
    if (bytes + line.length <= LIVE_LIMIT) {
      add(new Line(line, 0));
    }
  }

  /**
   * Adds the entry {@code seq}; returns at once.
   *
   * @return false when the client lags: it will be told this and what follows from the journal
   */
  synchronized boolean entry(long seq, byte[] line) {
    if (bytes + line.length <= LIMIT) {
      return add(new Line(line, seq));
    }
    long first = seq;
    for (Item item : items) {
      if (item instanceof Line waiting && waiting.seq > 0) {
        first = Math.min(first, waiting.seq);
        bytes -= waiting.text.length;
      }
    }
    items.removeIf(item -> item instanceof Line waiting && waiting.seq > 0);
    add(new Replay(first - 1));
    return false;
  }

  /** Adds what is to be done. */
  synchronized boolean add(Item item) {
    if (!closed) {
      closed = item instanceof Goodbye;
      bytes += item instanceof Line line ? line.text.length : 0;
      items.add(item);
      notifyAll();
    }
    return true;
  }

  /** Waits for the next. */
  synchronized Item take() throws InterruptedException {
    while (items.isEmpty()) {
      wait();
    }
    Item item = items.remove();
    bytes -= item instanceof Line line ? line.text.length : 0;
    return item;
  }
}

package dev.knight.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What a client is still to be told: bounded, so that a slow one costs nobody anything. Entries
 * that do not fit are read again from the journal once the client has read what came before them.
 * Where nothing waits, a line goes straight to the client, as far as that takes it at once.
 */
final class Outbox {
  private static final long LIMIT = 4L * 1024 * 1024;

  /** Above this, what is not kept is forgotten, so that what is kept still fits. */
  private static final long LIVE_LIMIT = 1024 * 1024;

  private final Straight straight;
  private final Deque<Item> items = new ArrayDeque<>();
  private long bytes;

  /** Whether what was taken last is still being done. */
  private boolean busy;

  private boolean closed;

  /** The way to the client that passes by what waits. */
  interface Straight {
    /** Writes what the client takes at once of {@code line}, and returns how many bytes. */
    int offer(ByteBuffer line) throws IOException;
  }

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

  Outbox(Straight straight) {
    this.straight = straight;
  }

  /**
   * Adds an answer; returns at once.
   *
   * @return false when the client asks much and reads nothing
   */
  synchronized boolean reply(byte[] line) {
    return bytes + line.length <= LIMIT && tell(line, 0);
  }

  /** Adds what may be forgotten; returns at once. */
  synchronized void live(byte[] line) {
    if (bytes + line.length <= LIVE_LIMIT) {
      tell(line, 0);
    }
  }

  /**
   * Adds the entry {@code seq}; returns at once.
   *
   * @return false when the client lags: it will be told this and what follows from the journal
   */
  synchronized boolean entry(long seq, byte[] line) {
    if (bytes + line.length <= LIMIT) {
      return tell(line, seq);
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

  private boolean tell(byte[] line, long seq) {
    int told = busy || closed || !items.isEmpty() ? 0 : offer(line);
    if (told == 0) {
      return add(new Line(line, seq));
    }
    // What has begun can neither be forgotten nor be read again: the rest is no entry any more.
    return told == line.length || add(new Line(Arrays.copyOfRange(line, told, line.length), 0));
  }

  private int offer(byte[] line) {
    try {
      return straight.offer(ByteBuffer.wrap(line));
    } catch (IOException _) {
      return 0; // the client went, and whoever takes the line finds out
    }
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

  /** Waits for the next; the one before is done. */
  synchronized Item take() throws InterruptedException {
    busy = false;
    while (items.isEmpty()) {
      wait();
    }
    busy = true;
    Item item = items.remove();
    bytes -= item instanceof Line line ? line.text.length : 0;
    return item;
  }
}

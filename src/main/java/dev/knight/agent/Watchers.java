package dev.knight.agent;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Those who watch a session, told on a thread of their own: a slow one loses lines, no more. The
 * thread is never interrupted: one of them may be writing to the store just then, and an interrupt
 * closes the file that the store is in.
 */
final class Watchers implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;

  /** For a thread that waits for a line; nobody is told of it. */
  private static final String END = "";

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread teller = Thread.ofVirtual().name("watchers").unstarted(this::tell);
  private volatile boolean closed;

  void add(Consumer<String> listener) {
    listeners.add(listener);
    synchronized (teller) {
      if (teller.getState() == Thread.State.NEW) {
        teller.start();
      }
    }
  }

  /** Returns at once. */
  void offer(String line) {
    if (!listeners.isEmpty() && !lines.offer(line)) {
      lines.poll();
    }
  }

  private void tell() {
    try {
      String line = lines.take();
      while (!closed) {
        tell(line);
        line = lines.take();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String line) {
    listeners.forEach(listener -> listener.accept(line));
  }

  /** Nobody is told any more, but of what is being told. Returns at once. */
  @Override
  public void close() {
    closed = true;
    lines.offer(END); // where it has no room, nobody waits for a line
  }
}

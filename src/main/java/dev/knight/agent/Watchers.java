package dev.knight.agent;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who watch a session, told on a thread of their own: a slow one loses lines, no more. */
final class Watchers implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread teller = Thread.ofVirtual().name("watchers").unstarted(this::tell);

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
      while (true) {
        String line = lines.take();
        listeners.forEach(listener -> listener.accept(line));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    teller.interrupt();
  }
}

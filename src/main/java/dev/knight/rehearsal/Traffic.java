package dev.knight.rehearsal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What went over the wire: a log of bounded length, and those who look on. */
final class Traffic {
  /** More than any test asks about; a rehearsal that runs for days must not grow. */
  private static final int LONGEST = 100_000;

  private final Deque<SeenRequest> log = new ArrayDeque<>();
  private final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();

  void observe(Consumer<Exchange> observer) {
    observers.add(observer);
  }

  void tell(Exchange exchange) {
    observers.forEach(observer -> observer.accept(exchange));
  }

  synchronized void log(SeenRequest request) {
    if (log.size() == LONGEST) {
      log.removeFirst();
    }
    log.addLast(request);
  }

  synchronized List<SeenRequest> requests() {
    return List.copyOf(log);
  }

  synchronized void forget() {
    log.clear();
  }
}

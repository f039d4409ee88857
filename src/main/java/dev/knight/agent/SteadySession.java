package dev.knight.agent;

import dev.knight.job.Price;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A session that survives one hang: pi is brought to rest, resumed on its session file if it had to
 * be ended, and told to go on. Only a second hang in the same prompt is a failure.
 */
final class SteadySession implements Session {
  private static final Logger LOG = Logger.getLogger(SteadySession.class);

  private final Supplier<PiSession> opener;
  private final Kept kept;
  private final InstantSource clock;
  private final Beginning beginning;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger hangs = new AtomicInteger();
  private volatile PiSession session;
  private volatile boolean aborted;

  /** Finds what pi keeps of the conversation. */
  interface Kept {
    /** Its file, if pi has made one. */
    Optional<SessionFile> file() throws IOException;
  }

  /** {@code opener} finds the living pi of the conversation, or starts the next one. */
  SteadySession(Supplier<PiSession> opener, Kept kept, InstantSource clock) {
    this.opener = opener;
    this.kept = kept;
    this.clock = clock;
    this.session = opener.get();
    this.beginning = session.beginning();
  }

  @Override
  public Turn prompt(String key, String text) {
    aborted = false;
    try {
      return session.prompt(key, text);
    } catch (HungException hung) {
      hangs.incrementAndGet();
      listeners.forEach(listener -> listener.accept(hung.getMessage() + "; it goes on"));
      return again(key, text);
    }
  }

  private Turn again(String key, String text) {
    if (session.isOver()) {
      session.close();
      reopen();
    }
    if (aborted) {
      return new Turn.Aborted();
    }
    try {
      return session.prompt(key, text);
    } catch (HungException hung) {
      hangs.incrementAndGet();
      throw new UnavailableException(hung.getMessage() + ", for the second time", Optional.empty());
    }
  }

  private void reopen() {
    PiSession next = opener.get();
    listeners.forEach(next::watch);
    session = next;
  }

  @Override
  public int hangs() {
    return hangs.get();
  }

  @Override
  public boolean wasAsked(String key) {
    return session.wasAsked(key);
  }

  @Override
  public Optional<String> latest() {
    return session.latest();
  }

  @Override
  public Optional<String> point() {
    try {
      Optional<SessionFile> file = kept.file();
      return file.isPresent() ? file.get().last() : Optional.empty();
    } catch (IOException unreadable) {
      LOG.warnf("pi's session cannot be read: %s", unreadable.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public boolean goBack(String point) {
    aborted = false;
    session.end();
    boolean back = wentBack(point);
    reopen();
    if (aborted) {
      session.end(); // whoever was called off meanwhile must not leave its agent at work
    }
    return back;
  }

  private boolean wentBack(String point) {
    try {
      Optional<SessionFile> file = kept.file();
      return file.isPresent() && file.get().goBack(point, clock.instant());
    } catch (IOException unreadable) {
      LOG.warnf("pi's session cannot be set back: %s", unreadable.getMessage());
      return false;
    }
  }

  @Override
  public void watch(Consumer<String> listener) {
    listeners.add(listener);
    session.watch(listener);
  }

  @Override
  public boolean steer(String key, String text) {
    return session.steer(key, text);
  }

  @Override
  public Told told(String key) {
    return session.told(key);
  }

  @Override
  public boolean isUnanswered(String key) {
    return session.isUnanswered(key);
  }

  @Override
  public void abort() {
    aborted = true;
    session.abort();
  }

  @Override
  public Beginning beginning() {
    return beginning;
  }

  @Override
  public Optional<Price> price() {
    return session.price();
  }

  @Override
  public Spent spent() {
    return session.spent();
  }

  @Override
  public Spent upkeep() {
    return session.upkeep();
  }

  @Override
  public void end() {
    aborted = true;
    session.end();
  }

  @Override
  public void close() {
    session.close();
  }
}

package dev.knight.agent;

import dev.knight.job.Price;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session that survives one hang: pi is brought to rest, resumed on its session file if it had to
 * be ended, and told to go on. Only a second hang in the same prompt is a failure.
 */
final class SteadySession implements Session {
  private final Supplier<PiSession> opener;
  private final Beginning beginning;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile PiSession session;
  private volatile boolean aborted;

  /** {@code opener} finds the living pi of the conversation, or starts the next one. */
  SteadySession(Supplier<PiSession> opener) {
    this.opener = opener;
    this.session = opener.get();
    this.beginning = session.beginning();
  }

  @Override
  public Turn prompt(String key, String text) {
    aborted = false;
    try {
      return session.prompt(key, text);
    } catch (HungException hung) {
      listeners.forEach(listener -> listener.accept(hung.getMessage() + "; it goes on"));
      return again(key, text);
    }
  }

  private Turn again(String key, String text) {
    if (session.isOver()) {
      session.close();
      PiSession next = opener.get();
      listeners.forEach(next::watch);
      session = next;
    }
    if (aborted) {
      return new Turn.Aborted();
    }
    try {
      return session.prompt(key, text);
    } catch (HungException hung) {
      throw new UnavailableException(hung.getMessage() + ", for the second time", Optional.empty());
    }
  }

  @Override
  public void watch(Consumer<String> listener) {
    listeners.add(listener);
    session.watch(listener);
  }

  @Override
  public boolean steer(String text) {
    return session.steer(text);
  }

  @Override
  public boolean knows(String text) {
    return session.knows(text);
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

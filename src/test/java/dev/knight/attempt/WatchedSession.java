package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.agent.Turn;
import dev.knight.fake.FakeMeter;
import dev.knight.job.Spent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A session that spends what the test says, and tells what was done to it. */
final class WatchedSession implements Session {
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final FakeMeter meter;
  private Spent spent = Spent.NOTHING;
  private Spent upkeep = Spent.NOTHING;

  /** {@code meter} counts what it spends, as the gateway does. */
  WatchedSession(FakeMeter meter) {
    this.meter = meter;
  }

  synchronized void spends(Spent more) {
    spent = spent.plus(more);
    meter.counts(more);
  }

  /** Sums up the conversation, for {@code more}. */
  synchronized void compacts(Spent more) {
    spends(more);
    upkeep = upkeep.plus(more);
  }

  /** Says that {@code more} of what it spent went into summing up. */
  synchronized void sumsUp(Spent more) {
    upkeep = upkeep.plus(more);
  }

  void says(String line) {
    listeners.forEach(listener -> listener.accept(line));
  }

  /** As after a restart: the journal has it. */
  synchronized void knew(String key) {
    known.add(key);
  }

  @Override
  public Turn prompt(String key, String text) {
    throw new UnsupportedOperationException("asked: " + key);
  }

  @Override
  public void watch(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized boolean steer(String key, String text) {
    known.add(key);
    heard.add("told: " + text);
    return true;
  }

  @Override
  public synchronized Told told(String key) {
    return known.contains(key) ? Told.HEARD : Told.NOT;
  }

  @Override
  public void abort() {
    heard.add("aborted");
  }

  @Override
  public synchronized Spent spent() {
    return spent;
  }

  @Override
  public synchronized Spent upkeep() {
    return upkeep;
  }

  @Override
  public void end() {
    heard.add("ended");
  }

  @Override
  public void close() {
    heard.add("closed");
  }
}

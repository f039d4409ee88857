package dev.knight.egress;

import dev.knight.job.RefusedHost;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The network of one job, whatever runs for it: what it may reach, what it has used up, and what it
 * was kept from. For any thread.
 */
public final class JobNetwork {
  /** Whoever tries more is looking for a way out, and need not fill the job's story. */
  private static final int MOST_REFUSED = 50;

  private final Set<Target> allowed;
  private final Caps caps;
  private final Consumer<RefusedHost> listener;
  private final Set<RefusedHost> refused = new LinkedHashSet<>();
  private final Semaphore connections;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  /**
   * A network that lets through what is {@code allowed}.
   *
   * @param listener is told of each place that was refused, the first time, on the thread of the
   *     connection that asked for it
   */
  public JobNetwork(Set<Target> allowed, Caps caps, Consumer<RefusedHost> listener) {
    this.allowed = Set.copyOf(allowed);
    this.caps = caps;
    this.listener = listener;
    this.connections = new Semaphore(caps.connections());
  }

  /** A network that lets nothing through, and tells nobody. */
  public static JobNetwork none() {
    return new JobNetwork(Set.of(), Caps.standard(), _ -> {});
  }

  /** What the job may reach. */
  public Set<Target> allowed() {
    return allowed;
  }

  Caps caps() {
    return caps;
  }

  boolean allows(Target target) {
    return allowed.contains(target);
  }

  /** One more connection, if there may be one; {@link #leave} ends it. */
  boolean enter() {
    return connections.tryAcquire();
  }

  void leave() {
    connections.release();
  }

  /** Whether {@code bytes} more may be sent; they count either way. */
  boolean sends(long bytes) {
    return sent.addAndGet(bytes) <= caps.jobUp();
  }

  /** Whether {@code bytes} more may be received; they count either way. */
  boolean receives(long bytes) {
    return received.addAndGet(bytes) <= caps.jobDown();
  }

  /** Tells that the job was kept from {@code one}, the first time. */
  public void refuse(RefusedHost one) {
    if (isNew(one)) {
      listener.accept(one);
    }
  }

  private boolean isNew(RefusedHost one) {
    synchronized (refused) {
      return refused.size() < MOST_REFUSED && refused.add(one);
    }
  }
}

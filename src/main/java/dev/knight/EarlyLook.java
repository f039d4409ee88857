package dev.knight;

import dev.knight.agent.Agent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Makes the agent and tries pi while the framework starts: a Node, where one has to be asked, needs
 * longer for its first word than the store does, and who is the first to want JSON waits until the
 * JDK has read its calendars. {@link Service#start} waits for it, and refuses to serve without pi.
 */
final class EarlyLook {
  private static final Logger LOG = Logger.getLogger(EarlyLook.class);
  private static final ScopedValue<CompletableFuture<Agent>> TRIED = ScopedValue.newInstance();

  private EarlyLook() {}

  /** Does {@code work}, in which {@code agent} is {@link #agent}, and tries it meanwhile. */
  static int beside(Supplier<Agent> agent, IntSupplier work) {
    Executor aside = Thread.ofVirtual().name("early-look")::start;
    CompletableFuture<Agent> made = CompletableFuture.supplyAsync(agent, aside);
    var _ = made.thenAcceptAsync(EarlyLook::look, aside);
    return ScopedValue.where(TRIED, made).call(work::getAsInt);
  }

  /** The one that is tried, on the thread that starts the framework; else {@code another}. */
  static Agent agent(Supplier<Agent> another) {
    return TRIED.isBound() ? TRIED.get().join() : another.get();
  }

  private static void look(Agent agent) {
    try {
      agent.check();
    } catch (RuntimeException wrong) {
      LOG.debugf("Service.start tries again, and says it: %s", wrong.getMessage());
    }
  }
}

package dev.knight;

import dev.knight.agent.Agent;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tries pi while the framework starts: a Node needs longer for its first word than the store does.
 * {@link Service#start} waits for it, and refuses to serve without pi.
 */
final class EarlyLook {
  private static final Logger LOG = Logger.getLogger(EarlyLook.class);
  private static final ScopedValue<Agent> TRIED = ScopedValue.newInstance();

  private EarlyLook() {}

  /** Does {@code work}, in which {@code agent} is {@link #agent}, and tries it meanwhile. */
  static int beside(Agent agent, IntSupplier work) {
    Thread.ofVirtual().name("early-look").start(() -> look(agent));
    return ScopedValue.where(TRIED, agent).call(work::getAsInt);
  }

  /** The one that is tried, on the thread that starts the framework; else {@code another}. */
  static Agent agent(Supplier<Agent> another) {
    return TRIED.isBound() ? TRIED.get() : another.get();
  }

  private static void look(Agent agent) {
    try {
      agent.check();
    } catch (RuntimeException wrong) {
      LOG.debugf("Service.start tries again, and says it: %s", wrong.getMessage());
    }
  }
}

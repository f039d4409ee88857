package dev.knight;

import dev.knight.agent.Agent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Begins to try pi while the rest of the service starts: a Node needs longer for a first word than
 * the store does. {@link Service#start} waits for it, and refuses to serve without pi.
 */
@Singleton
final class EarlyLook {
  private static final Logger LOG = Logger.getLogger(EarlyLook.class);

  private final Provider<Agent> agent;
  private final boolean isServing;
  private final Executor threads;

  @Inject
  EarlyLook(
      Provider<Agent> agent,
      @ConfigProperty(name = "quarkus.scheduler.enabled") boolean isServing) {
    this(agent, isServing, Thread.ofVirtual().name("early-look")::start);
  }

  /** The look is one that {@code threads} runs. */
  EarlyLook(Provider<Agent> agent, boolean isServing, Executor threads) {
    this.agent = agent;
    this.isServing = isServing;
    this.threads = threads;
  }

  /** Before the store is looked through, which is done on this thread. */
  void on(@Observes @Priority(0) StartupEvent start) {
    if (isServing) {
      threads.execute(this::look);
    }
  }

  private void look() {
    try {
      agent.get().check();
    } catch (RuntimeException wrong) {
      LOG.debugf("Service.start tries again, and says it: %s", wrong.getMessage());
    }
  }
}

package dev.knight.attempt;

import dev.knight.agent.Agent;
import dev.knight.agent.Session;
import dev.knight.agent.SessionRequest;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.agent.SessionRequest.Tools;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
import dev.knight.job.JobId;
import dev.knight.sandbox.Doors;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens conversations: each has its own door at the model gateway, and in its jail the doors to it
 * and to elsewhere. They are shut when it ends.
 */
@Singleton
final class Conversations {
  /** Most end within a second; who takes longer is ended all the same, a little later. */
  private static final Duration FOR_AGENTS = Duration.ofSeconds(5);

  private final Agent agent;
  private final ModelAccess gateway;
  private final Jail jail;
  private final Prompts prompts;

  Conversations(Agent agent, ModelAccess gateway, Jail jail, Prompts prompts) {
    this.agent = agent;
    this.gateway = gateway;
    this.jail = jail;
    this.prompts = prompts;
  }

  /** What the conversations of {@code job} cost. */
  Meter meter(JobId job) {
    return gateway.meter(job);
  }

  /** The conversation {@code name}: the one that is there, or a new one. */
  Conversation open(
      String name,
      Workplace place,
      Tools tools,
      Model model,
      Overseer overseer,
      Progress progress) {
    int attempt = progress.job().attempt();
    Budget budget = overseer.budget();
    gateway.open(name, attempt, budget.allowance(overseer::reason));
    URI address = gateway.addressFor(name);
    SessionRequest request =
        new SessionRequest(
            name,
            place.worktree().path(),
            jail.git(place.worktree()),
            tools,
            model,
            jail.model(address),
            gateway.tokenFor(name, attempt),
            place.limits().stall(),
            budget.time());
    Doors doors = jail.open(name, Optional.of(address), place.network());
    Optional<Session> opened = Optional.empty();
    try {
      Session session = agent.session(request);
      opened = Optional.of(session);
      session.price().ifPresent(price -> gateway.quote(model.name(), price));
      tell(session.beginning(), name, progress);
      overseer.watch(session);
      Runnable shut =
          () -> {
            gateway.close(name);
            Jail.shut(doors);
          };
      Reckoning reckoning = new Reckoning(name, session, budget.meter(), progress);
      return new Conversation(session, shut, overseer, reckoning, prompts, progress);
    } catch (RuntimeException failed) {
      // Whoever was called off meanwhile must not leave its agent at work.
      opened.ifPresent(Session::end);
      gateway.close(name);
      Jail.shut(doors);
      throw failed;
    }
  }

  /** Ends what still works for {@code job}, as an agent that outlived its service. */
  void end(JobId job) {
    agent.end(job, FOR_AGENTS);
  }

  private void tell(Session.Beginning beginning, String name, Progress progress) {
    switch (beginning) {
      case NEW -> {
        if (jail.isNone()) {
          progress.tell("sandbox", "The agent of %s runs without a sandbox".formatted(name));
        }
      }
      case FOUND ->
          progress.tell(
              "re-attached", "Found the agent of %s, which had worked on".formatted(name));
      case RESUMED ->
          progress.tell("resumed", "Started the agent of %s on its session again".formatted(name));
    }
  }
}

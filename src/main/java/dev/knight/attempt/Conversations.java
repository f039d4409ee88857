package dev.knight.attempt;

import dev.knight.agent.Agent;
import dev.knight.agent.Session;
import dev.knight.agent.SessionRequest;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.agent.SessionRequest.Tools;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens conversations: each has its own door at the model gateway, which is shut when it ends. */
@Singleton
final class Conversations {
  private final Agent agent;
  private final ModelAccess gateway;
  private final Prompts prompts;

  Conversations(Agent agent, ModelAccess gateway, Prompts prompts) {
    this.agent = agent;
    this.gateway = gateway;
    this.prompts = prompts;
  }

  /** What the conversations of {@code job} cost. */
  Meter meter(JobId job) {
    return gateway.meter(job);
  }

  /** The conversation {@code name}: the one that is there, or a new one. */
  Conversation open(
      String name,
      Path worktree,
      Tools tools,
      Model model,
      Limits limits,
      Overseer overseer,
      Progress progress) {
    int attempt = progress.job().attempt();
    Budget budget = overseer.budget();
    gateway.open(name, attempt, budget.allowance(overseer::reason));
    SessionRequest request =
        new SessionRequest(
            name,
            worktree,
            tools,
            model,
            gateway.addressFor(name),
            gateway.tokenFor(name, attempt),
            limits.stall(),
            budget.time());
    Runnable door = () -> gateway.close(name);
    Session session = agent.session(request);
    session.price().ifPresent(price -> gateway.quote(model.name(), price));
    tell(name, session.beginning(), progress);
    overseer.watch(session);
    Reckoning reckoning = new Reckoning(name, session, budget.meter(), progress);
    return new Conversation(session, door, overseer, reckoning, prompts, progress);
  }

  private static void tell(String name, Session.Beginning beginning, Progress progress) {
    switch (beginning) {
      case NEW -> {}
      case FOUND ->
          progress.tell(
              "re-attached", "Found the agent of %s, which had worked on".formatted(name));
      case RESUMED ->
          progress.tell("resumed", "Started the agent of %s on its session again".formatted(name));
    }
  }
}

package dev.knight.attempt;

import dev.knight.agent.Agent;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.egress.DirectInternet;
import dev.knight.egress.EgressProxy;
import dev.knight.egress.NetworkOffer;
import dev.knight.fake.MemoryConventionStore;
import dev.knight.gateway.ModelAccess;
import dev.knight.git.Mirrors;
import dev.knight.github.GitHub;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobStore;
import dev.knight.memory.Memory;
import dev.knight.policy.Policy;
import dev.knight.policy.PolicyLimits;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.publish.Publisher;
import dev.knight.publish.PullReview;
import dev.knight.sandbox.NoSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The attempt as the service puts it together, but for what is simulated. */
public final class AttemptInSimulation {
  private AttemptInSimulation() {}

  /** The repository's own commands. */
  public interface CommandLine {
    /** Whether {@code command}, run in {@code directory}, ends with 0. */
    boolean passes(String command, Path directory);
  }

  /** An attempt in a world of its own. */
  public static Attempt of(
      GitHub github,
      JobStore store,
      Mirrors mirrors,
      Agent agent,
      ModelAccess model,
      CommandLine commands,
      Publisher publisher,
      Limits limits,
      KnightHome home,
      InstantSource clock,
      RandomGenerator random) {
    Model brain = new Model("simulated", "brain");
    AttemptSettings settings =
        new AttemptSettings(brain, brain, limits, Questions.GO_ON, "/nowhere");
    Prompts prompts = new Prompts(random);
    Conversations conversations = new Conversations(agent, model, jail(home), prompts);
    Verifier verifier = new Verifier(shell(commands), new CheckRecord(home));
    Baseline baseline = new Baseline(shell(commands), new BaselineRecord(home));
    Memory memory =
        new Memory(new MemoryConventionStore(), new Redactor(new KnownSecrets()), clock);
    Preparation preparation =
        new Preparation(
            github,
            mirrors,
            new Branches(github),
            new RepositoryConfigs(store),
            new Briefs(github, store),
            new AgentNotes(),
            verifier,
            new Networks(NetworkOffer.of(List.of("npm")), store),
            settings,
            home,
            memory);
    Inquiry inquiry = inquiry(github, store, conversations, prompts, settings, clock);
    return new Attempt(
        preparation,
        new Planner(conversations, prompts, settings, store, inquiry),
        conversations,
        prompts,
        new Polish(
            new Reviewer(conversations, prompts, settings),
            verifier,
            baseline,
            new Proving(baseline)),
        new Publication(publisher, mirrors, policy(), memory, store),
        inquiry,
        new Rounds(
            github,
            store,
            conversations,
            new OutgoingText(new Redactor(new KnownSecrets())),
            memory,
            clock),
        settings,
        store,
        clock,
        Runnable::run);
  }

  private static Inquiry inquiry(
      GitHub github,
      JobStore store,
      Conversations conversations,
      Prompts prompts,
      AttemptSettings settings,
      InstantSource clock) {
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    PullReview reviews =
        new PullReview(github, store, outgoing, PublishSettings.standard(), clock, _ -> {});
    return new Inquiry(conversations, prompts, settings, reviews, outgoing, store, clock);
  }

  private static Policy policy() {
    return new Policy(PolicyLimits.standard(), _ -> Optional.empty());
  }

  private static Jail jail(KnightHome home) {
    return new Jail(
        new NoSandbox(),
        home,
        new EgressProxy(new DirectInternet()),
        () -> {
          throw new IllegalStateException("Without a sandbox nothing is forwarded");
        });
  }

  private static Shell shell(CommandLine commands) {
    return (command, place, _, _) -> {
      boolean passes = commands.passes(command, place.worktree().path());
      return new CommandRun(
          passes ? 0 : 1, true, passes ? "" : "1 test failed", Duration.ofSeconds(3));
    };
  }
}

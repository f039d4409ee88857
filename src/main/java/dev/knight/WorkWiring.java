package dev.knight;

import dev.knight.agent.Agent;
import dev.knight.agent.AgentSettings;
import dev.knight.agent.PiAgent;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.api.JobLimits;
import dev.knight.attempt.AttemptSettings;
import dev.knight.attempt.Jail;
import dev.knight.attempt.Limits;
import dev.knight.attempt.Questions;
import dev.knight.cli.Version;
import dev.knight.egress.DirectInternet;
import dev.knight.egress.EgressProxy;
import dev.knight.egress.NetworkOffer;
import dev.knight.gateway.ModelSettings;
import dev.knight.git.GitCredentials;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirrors;
import dev.knight.github.AppTokens;
import dev.knight.github.GitHub;
import dev.knight.github.GitHubSettings;
import dev.knight.github.Permission;
import dev.knight.github.RequestListener;
import dev.knight.github.RestGitHub;
import dev.knight.github.TokenSource;
import dev.knight.github.Waiter;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.hygiene.SecretScanner;
import dev.knight.intake.Confirmations;
import dev.knight.intake.HandRequest;
import dev.knight.intake.Intake;
import dev.knight.intake.PollingSettings;
import dev.knight.intake.TrustSettings;
import dev.knight.job.ConventionProposals;
import dev.knight.job.HandRequests;
import dev.knight.job.JobStore;
import dev.knight.job.Secret;
import dev.knight.memory.Memory;
import dev.knight.overlay.Overlays;
import dev.knight.policy.Policy;
import dev.knight.policy.PolicyLimits;
import dev.knight.publish.ConventionProposal;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.sandbox.NoSandbox;
import dev.knight.sandbox.Sandbox;
import dev.knight.upkeep.UpkeepSettings;
import dev.knight.worker.WorkerSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What the owner set, in the words of the packages that work by it. */
final class WorkWiring {
  /**
   * Where a repository's commands find their programs if the service has no {@code PATH} itself.
   */
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Chance that nobody can foresee: it makes the marks of quotations. */
  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  TokenSource token(
      KnightConfig config, GitHubSettings settings, KnownSecrets secrets, InstantSource clock) {
    if (config.github().token().isEmpty() && config.github().tokenFile().isPresent()) {
      return new TokenFile(Credentials.TOKEN_FILE, config.github().tokenFile().get(), secrets);
    }
    Credentials credentials = Credentials.of(config.github());
    if (credentials.app().isPresent()) {
      return new AppTokens(settings, credentials.app().get(), clock, secrets::addPassing);
    }
    Secret token = credentials.token().orElseThrow();
    return () -> token;
  }

  @Produces
  @Singleton
  GitHubSettings githubSettings(KnightConfig config) {
    return GitHubSettings.of(config.github().apiUrl(), Version.number());
  }

  @Produces
  @Singleton
  Waiter waiter() {
    return Waiter.SLEEPING;
  }

  @Produces
  @Singleton
  PublishSettings publishing(Sandbox sandbox) {
    return PublishSettings.standard().confined(!sandbox.isNone());
  }

  @Produces
  @Singleton
  RestGitHub github(
      GitHubSettings settings,
      TokenSource token,
      InstantSource clock,
      Waiter waiter,
      RequestListener listener) {
    return new RestGitHub(settings, token, clock, waiter, listener);
  }

  @Produces
  @Singleton
  Mirrors mirrors(
      KnightHome home, Provider<TokenSource> token, InstantSource clock, Overlays overlays) {
    // Asked for late: who only reads what is here needs no token.
    GitCredentials credentials = _ -> Optional.of(token.get().token());
    return new Mirrors(home, credentials, GitLimits.standard(), clock, overlays);
  }

  /** Without a sandbox an agent would see the layer alone. */
  @Produces
  @Singleton
  Overlays overlays(KnightHome home, KnightConfig config) {
    boolean layered =
        switch (config.worktrees()) {
          case PLAIN -> false;
          case LAYERED -> config.sandbox() != KnightConfig.Sandbox.NONE;
        };
    return new Overlays(home, layered);
  }

  @Produces
  @Singleton
  PollingSettings polling(KnightConfig config) {
    return new PollingSettings(
        config.polling().enabled(),
        config.polling().interval(),
        config.github().repositories().orElse(List.of()),
        config.github().trigger().map(Set::copyOf).orElse(Set.of()));
  }

  @Produces
  @Singleton
  TrustSettings trust(KnightConfig config) {
    Permission least =
        switch (config.trust().permission()) {
          case WRITE -> Permission.WRITE;
          case MAINTAIN -> Permission.MAINTAIN;
          case ADMIN -> Permission.ADMIN;
        };
    return new TrustSettings(
        least,
        config.trust().users().map(Set::copyOf).orElse(Set.of()),
        config.trust().perPerson(),
        config.trust().perRepository());
  }

  @Produces
  @Singleton
  Intake intake(
      GitHub github,
      JobStore store,
      PollingSettings polling,
      TrustSettings trust,
      OutgoingText outgoing,
      InstantSource clock) {
    return new Intake(github, store, polling, trust, outgoing, clock);
  }

  @Produces
  @Singleton
  Confirmations confirmations(
      GitHub github,
      JobStore store,
      Memory memory,
      PollingSettings polling,
      TrustSettings trust,
      InstantSource clock) {
    return new Confirmations(github, store, memory, polling, trust, clock);
  }

  @Produces
  @Singleton
  HandRequests handRequests(
      GitHub github,
      JobStore store,
      GitHubSettings settings,
      PollingSettings polling,
      InstantSource clock) {
    return new HandRequest(
        github, store, settings.webAuthority(), polling.repositories(), UUID::randomUUID, clock);
  }

  @Produces
  @Singleton
  ModelSettings model(KnightConfig config) {
    return models(config);
  }

  /**
   * The models that {@code config} names.
   *
   * @throws dev.knight.job.MisconfiguredException when a value is missing or cannot be used
   */
  static ModelSettings models(KnightConfig config) {
    KnightConfig.Model model = config.model();
    return new ModelSettings(
            model.provider().orElse(""),
            model.name().orElse(""),
            model.reviewName(),
            model.baseUrl(),
            Credentials.modelKey(model))
        .at(Prices.of(model.price(), "price"), Prices.of(model.reviewPrice(), "review-price"));
  }

  @Produces
  @Singleton
  AttemptSettings attempts(KnightConfig config) {
    String provider = config.model().provider().orElse("");
    String name = config.model().name().orElse("");
    KnightConfig.Limits limits = config.limits();
    return new AttemptSettings(
        new Model(provider, name),
        new Model(provider, config.model().reviewName().orElse(name)),
        new Limits(
            limits.time(),
            perJob(limits),
            limits.stall(),
            limits.reviewRounds(),
            limits.verifyRounds()),
        switch (config.questions()) {
          case GO_ON -> Questions.GO_ON;
          case WAIT -> Questions.WAIT;
        },
        System.getenv().getOrDefault("PATH", USUAL_PATH));
  }

  @Produces
  @Singleton
  JobLimits jobLimits(KnightConfig config) {
    return limits(config);
  }

  /** What the service lets a job use. */
  static JobLimits limits(KnightConfig config) {
    return new JobLimits(config.limits().time(), perJob(config.limits()));
  }

  /** No job may cost more than all jobs of a day, or it would never begin. */
  private static BigDecimal perJob(KnightConfig.Limits limits) {
    return limits.costPerDay().map(limits.cost()::min).orElse(limits.cost());
  }

  @Produces
  @Singleton
  AgentSettings agentSettings(KnightConfig config) {
    return AgentSettings.of(config.agent().command(), System.getenv());
  }

  @Produces
  @Singleton
  Agent agent(KnightHome home, KnightConfig config, InstantSource clock) {
    return EarlyLook.agent(() -> pi(home, config, System.getenv(), clock));
  }

  /** The agent that {@code config} describes, not yet tried. */
  static Agent pi(
      KnightHome home, KnightConfig config, Map<String, String> environment, InstantSource clock) {
    return new PiAgent(
        home,
        AgentSettings.of(config.agent().command(), environment),
        sandbox(home, config, environment),
        OwnProgram.bridge(),
        clock);
  }

  @Produces
  @Singleton
  Jail jail(Sandbox sandbox, KnightHome home, EgressProxy egress, AgentSettings settings) {
    return new Jail(sandbox, home, egress, () -> PiAgent.node(settings));
  }

  /** Not tried here: that is done once, before anything starts. */
  @Produces
  @Singleton
  Sandbox sandbox(KnightHome home, KnightConfig config) {
    return sandbox(home, config, System.getenv());
  }

  private static Sandbox sandbox(
      KnightHome home, KnightConfig config, Map<String, String> environment) {
    return switch (config.sandbox()) {
      case NONE -> new NoSandbox();
      case AUTO, BUBBLEWRAP -> Preflight.jail(home, config, environment);
    };
  }

  @Produces
  @Singleton
  NetworkOffer networkOffer(KnightConfig config) {
    return NetworkOffer.of(config.network().offer());
  }

  @Produces
  @Singleton
  EgressProxy egress() {
    return new EgressProxy(new DirectInternet());
  }

  @Produces
  @Singleton
  OutgoingText outgoing(Redactor redactor) {
    return new OutgoingText(redactor);
  }

  @Produces
  @Singleton
  ConventionProposals proposals(
      GitHub github,
      Mirrors mirrors,
      Memory memory,
      OutgoingText outgoing,
      PollingSettings polling) {
    return new ConventionProposal(github, mirrors, memory, outgoing, polling.repositories());
  }

  @Produces
  @Singleton
  Policy policy(KnownSecrets secrets) {
    return new Policy(
        PolicyLimits.standard(),
        bytes -> secrets.scanner().find(bytes).stream().findFirst().map(SecretScanner.Found::what));
  }

  @Produces
  @Singleton
  WorkerSettings workers(KnightConfig config, InstantSource clock) {
    String owner = ProcessHandle.current().pid() + "@" + clock.instant().getEpochSecond();
    KnightConfig.Limits limits = config.limits();
    return new WorkerSettings(
        config.workers(),
        config.workersPerRepository(),
        owner,
        limits.costPerDay().map(perDay -> new WorkerSettings.DayLimit(perJob(limits), perDay)));
  }

  @Produces
  @Singleton
  UpkeepSettings upkeep(KnightConfig config) {
    return new UpkeepSettings(
        Duration.ofDays(config.retention().days()), config.retention().size());
  }
}

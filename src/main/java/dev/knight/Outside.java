package dev.knight;

import static java.util.Objects.requireNonNull;

import dev.knight.api.ApiToken;
import dev.knight.api.JobWork;
import dev.knight.api.KnightApi;
import dev.knight.api.RestoreView;
import dev.knight.api.Statistics;
import dev.knight.attempt.CheckRecord;
import dev.knight.cli.DaemonClient;
import dev.knight.cli.Program;
import dev.knight.cli.SettingHelp;
import dev.knight.cli.Terminal;
import dev.knight.cli.Version;
import dev.knight.doctor.Check;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IssueUrl;
import dev.knight.job.JobReading;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.JailProof;
import dev.knight.setup.Answers;
import dev.knight.setup.Circumstances;
import dev.knight.setup.Setup;
import dev.knight.store.Restoration;
import dev.knight.store.Restoration.Restored;
import dev.knight.store.StoreUrl;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The program before the framework has started. A question goes to the service that runs; where
 * none does, and for {@code serve} and {@code run}, this process takes the home, starts the
 * framework, and the same command line is read once more {@link Inside} of it.
 */
final class Outside implements Program {
  /** Another one's question to the store is over by then, and a service has said its address. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final KnightHome home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Terminal terminal;
  private final String[] args;

  Outside(
      KnightHome home,
      Map<String, String> environment,
      InstantSource clock,
      Terminal terminal,
      String... args) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.terminal = terminal;
    this.args = args.clone();
  }

  @Override
  public KnightHome home() {
    return home;
  }

  @Override
  public Redactor redactor(Optional<Path> config) {
    try {
      return redactor(Settings.load(home, config, environment).config());
    } catch (MisconfiguredException _) {
      return new Redactor(new KnownSecrets());
    }
  }

  private Redactor redactor(KnightConfig settings) {
    try {
      return new Redactor(Credentials.known(home, settings));
    } catch (MisconfiguredException _) {
      return new Redactor(new KnownSecrets());
    }
  }

  @Override
  public List<SettingHelp> settings() {
    return SettingsHelp.all();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public boolean isServing() {
    return HomeLock.isHeld(home);
  }

  @Override
  public int ask(Optional<Path> config, ToIntFunction<KnightApi> question) {
    return asked(config, question, true);
  }

  @Override
  public int look(Optional<Path> config, ToIntFunction<KnightApi> question) {
    return asked(config, question, false);
  }

  private int asked(
      Optional<Path> config, ToIntFunction<KnightApi> question, boolean mayStartFramework) {
    Instant end = clock.instant().plus(PATIENCE);
    boolean isTooMuch = false;
    while (true) {
      Optional<HomeLock> lock =
          isTooMuch
              ? HomeLock.tryTake(home, command(), clock.instant())
              : HomeLock.tryRead(home, command(), clock.instant());
      if (lock.isPresent() && isTooMuch) {
        return askStore(lock.get(), config);
      }
      if (lock.isPresent()) {
        try {
          return glance(lock.get(), config, question);
        } catch (GlanceApi.TakenException another) {
          pause();
          continue;
        } catch (GlanceApi.TooMuchException needsAll) {
          if (!mayStartFramework) {
            throw new MisconfiguredException(
                "The store has to be made ready first: knight serve does that, or knight jobs",
                needsAll);
          }
          isTooMuch = true;
          continue;
        }
      }
      Optional<DaemonClient> service = DaemonClient.of(home);
      if (service.isPresent()) {
        return question.applyAsInt(service.get());
      }
      if (clock.instant().isAfter(end)) {
        throw another();
      }
      pause();
    }
  }

  @Override
  public int serve(Optional<Path> config, boolean stopAgents) {
    return work("serve", config, true);
  }

  @Override
  public int run(Optional<Path> config, IssueUrl url, Optional<String> text) {
    return work("run", config, false);
  }

  @Override
  public RestoreView restore(Optional<Path> config, Path backup) {
    KnightConfig settings = Settings.load(home, config, environment).config();
    try (HomeLock _ = take("restore")) {
      Restored done = restoration(settings).restore(backup.toAbsolutePath(), clock.instant());
      return new RestoreView(done.jobs(), done.kept().map(Path::toString));
    } catch (IOException unreleased) {
      throw new UncheckedIOException(unreleased);
    }
  }

  @Override
  public List<Check> checks(Optional<Path> config) {
    return new Checkups(home, environment, clock).of(config);
  }

  @Override
  public Map<String, String> settings(Optional<Path> config) {
    return Settings.load(home, config, environment).shown();
  }

  @Override
  public int init(Optional<Path> config, Answers answers) {
    Path file = config.map(Path::toAbsolutePath).orElse(home.configuration());
    List<String> serve = new ArrayList<>(List.of("serve"));
    config.ifPresent(_ -> serve.addAll(List.of("--config", file.toString())));
    Outside serving = new Outside(home, environment, clock, terminal, serve.toArray(String[]::new));
    return new Setup(
            new SetupHouse(serving, home, file, environment),
            new Circumstances(home, file, environment, Version.number(), clock),
            answers,
            new Setup.Screen(
                terminal.in(),
                terminal.out(),
                terminal.isPerson() && !environment.getOrDefault("TERM", "dumb").equals("dumb"),
                terminal.isColoured(),
                terminal.screen().columns()))
        .run();
  }

  @Override
  public KnightUnit unit(Manager manager) {
    return new KnightUnit(manager, home, OwnProgram.lasting(), environment);
  }

  /** What others are told of this process while it has the home. */
  private String command() {
    return args.length == 0 ? "" : args[0];
  }

  private Restoration restoration(KnightConfig settings) {
    return new Restoration(home, StoreUrl.file(home.root(), settings.store().url()));
  }

  /** Reads the store's file without the framework. The lock is held for as long as a look takes. */
  private int glance(HomeLock lock, Optional<Path> config, ToIntFunction<KnightApi> question) {
    KnightConfig settings;
    try (lock) {
      settings = Settings.load(home, config, environment).config();
    } catch (IOException unreleased) {
      throw new UncheckedIOException(unreleased);
    }
    Path store = StoreUrl.file(home.root(), settings.store().url());
    Redactor redactor = redactor(settings);
    return question.applyAsInt(
        new GlanceApi(
            new OneLook(home, store, command(), clock),
            WorkWiring.limits(settings),
            jobs -> madeWork(jobs, redactor),
            figures -> new Statistics(figures, settings.limits().costPerDay()),
            redactor,
            clock));
  }

  private JobWork madeWork(JobReading jobs, Redactor redactor) {
    return new MadeWork(
        jobs,
        new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock),
        new CheckRecord(home),
        redactor,
        clock);
  }

  private int askStore(HomeLock lock, Optional<Path> config) {
    try (lock) {
      KnightConfig settings = Settings.load(home, config, environment).config();
      home.make(requireNonNull(home.store().getParent()));
      restoration(settings).prepare();
      BootSettings.direct(home, config, settings).apply();
      return Boot.run(home, args);
    } catch (IOException unreleased) {
      throw new UncheckedIOException(unreleased);
    }
  }

  private int work(String command, Optional<Path> config, boolean isServing) {
    KnightConfig settings = Settings.load(home, config, environment).config();
    Preflight.check(settings);
    BootSettings boot = BootSettings.service(home, config, settings, isServing);
    try (HomeLock _ = take(command)) {
      home.make(home.log());
      home.make(requireNonNull(home.store().getParent()));
      ApiToken.readOrMake(home.apiToken());
      restoration(settings).prepare();
      warn();
      guard(settings);
      boot.apply();
      return OrderlyEnd.of(() ->
          EarlyLook.beside(
              () -> WorkWiring.pi(home, settings, environment, clock), () -> Boot.run(home, args)));
    } catch (IOException unusable) {
      throw new MisconfiguredException(
          "%s cannot be used: check that it is yours and that its disk has room"
              .formatted(home.root()),
          unusable);
    }
  }

  /** A command that asks the store holds the home for a moment; a service does for long. */
  private HomeLock take(String command) {
    Instant end = clock.instant().plus(PATIENCE);
    while (true) {
      Optional<HomeLock> lock = HomeLock.tryTake(home, command, clock.instant());
      if (lock.isPresent()) {
        return lock.get();
      }
      if (DaemonClient.of(home).isPresent() || clock.instant().isAfter(end)) {
        throw another();
      }
      pause();
    }
  }

  private void warn() {
    for (ConfigKey key : ConfigKey.ALL) {
      if (key.isSecret() && !environment.getOrDefault(key.variable(), "").isBlank()) {
        terminal
            .err()
            .printf(
                "%s is in the environment, which every process of this user can read: better put it"
                    + " into %s (chmod 600).%n",
                key.variable(), home.secrets());
      }
    }
  }

  /** No agent without a jail that holds, unless somebody wrote that there shall be none. */
  private void guard(KnightConfig settings) {
    switch (settings.sandbox()) {
      case AUTO, BUBBLEWRAP ->
          new JailProof(home).check(Preflight.jail(home, settings, environment));
      case NONE ->
          terminal
              .err()
              .println(
                  "NO SANDBOX: pi and the commands of a repository run as you, with your files and"
                      + " your network. Serve only repositories and people that you trust with this"
                      + " machine.");
    }
  }

  private MisconfiguredException another() {
    return new MisconfiguredException(
        "Another knight (%s%s) serves %s; stop it or use another KNIGHT_HOME."
            .formatted(
                HomeLock.holder(home),
                DaemonClient.of(home).map(service -> ", " + service.address()).orElse(""),
                home.root()));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for another knight", ended);
    }
  }
}

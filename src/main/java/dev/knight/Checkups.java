package dev.knight;

import dev.knight.agent.AgentSettings;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.attempt.RepositoryFile;
import dev.knight.cli.Version;
import dev.knight.doctor.Check;
import dev.knight.doctor.GitCheck;
import dev.knight.doctor.GitHubSite;
import dev.knight.doctor.HomeCheck;
import dev.knight.doctor.HttpWeb;
import dev.knight.doctor.LimitsCheck;
import dev.knight.doctor.ModelCheck;
import dev.knight.doctor.PiCheck;
import dev.knight.doctor.PortCheck;
import dev.knight.doctor.RepositoryCheck;
import dev.knight.doctor.RoomCheck;
import dev.knight.doctor.SandboxCheck;
import dev.knight.doctor.ServiceCheck;
import dev.knight.doctor.StoreCheck;
import dev.knight.doctor.TokenCheck;
import dev.knight.doctor.Web;
import dev.knight.gateway.ModelSettings;
import dev.knight.github.AppTokens;
import dev.knight.github.GitHubSettings;
import dev.knight.github.TokenSource;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.sandbox.NoSandbox;
import dev.knight.sandbox.Sandbox;
import dev.knight.store.StoreUrl;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that {@code knight doctor} looks at, from the settings as far as they can be read.
 * What needs a setting that is not there is left out: {@link SettingsCheck} says what is missing.
 */
final class Checkups {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final KnightHome home;
  private final Map<String, String> environment;
  private final InstantSource clock;

  Checkups(KnightHome home, Map<String, String> environment, InstantSource clock) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * The checks in the order in which they are told.
   *
   * @param file the file that {@code --config} names
   */
  List<Check> of(Optional<Path> file) {
    Web web = new HttpWeb();
    Optional<KnightConfig> known = settings(file);
    KnightConfig config = known.orElseGet(() -> Settings.none().config());
    List<Check> checks = new ArrayList<>();
    checks.add(new SettingsCheck(home, file, environment));
    checks.add(
        new HomeCheck(
            home,
            KnightHome.usual(environment).root(),
            System.getProperty("user.name"),
            secretFiles(config)));
    if (known.isPresent()) {
      checks.addAll(gitHub(web, config));
      checks.addAll(models(web, config));
      checks.add(pi(config));
    }
    checks.add(new GitCheck(environment.getOrDefault("PATH", USUAL_PATH)));
    checks.add(
        new SandboxCheck(home, jail(config), config.worktrees() == KnightConfig.Worktrees.LAYERED));
    checks.addAll(machine());
    checks.addAll(service(web, known));
    return List.copyOf(checks);
  }

  /** Empty where they cannot be read. */
  private Optional<KnightConfig> settings(Optional<Path> file) {
    try {
      return Optional.of(Settings.load(home, file, environment).config());
    } catch (MisconfiguredException _) {
      return Optional.empty();
    }
  }

  private static List<Path> secretFiles(KnightConfig config) {
    return Stream.of(
            config.github().tokenFile(),
            config.github().app().privateKeyFile(),
            config.model().apiKeyFile(),
            config.notices().urlFile(),
            config.notices().secretFile(),
            config.notices().tokenFile())
        .flatMap(Optional::stream)
        .toList();
  }

  private List<Check> gitHub(Web web, KnightConfig config) {
    try {
      GitHubSettings settings = GitHubSettings.of(config.github().apiUrl(), Version.number());
      GitHubSite site = new GitHubSite(web, settings, tokens(config, settings));
      List<Check> checks = new ArrayList<>();
      checks.add(new TokenCheck(site, clock));
      for (RepositoryName repository : config.github().repositories().orElse(List.of())) {
        checks.add(new RepositoryCheck(site, repository, RepositoryFile::complaint));
      }
      return checks;
    } catch (MisconfiguredException _) {
      return List.of();
    }
  }

  private TokenSource tokens(KnightConfig config, GitHubSettings settings) {
    Credentials credentials = Credentials.of(config.github());
    if (credentials.app().isPresent()) {
      return new AppTokens(settings, credentials.app().get(), clock, _ -> {});
    }
    Secret token = credentials.token().orElseThrow();
    return () -> token;
  }

  private static List<Check> models(Web web, KnightConfig config) {
    try {
      ModelSettings settings = WorkWiring.models(config);
      return Stream.concat(Stream.of(settings.name()), settings.reviewName().stream())
          .distinct()
          .<Check>map(model -> new ModelCheck(web, settings, model))
          .toList();
    } catch (MisconfiguredException _) {
      return List.of();
    }
  }

  private Check pi(KnightConfig config) {
    Optional<Model> model =
        config
            .model()
            .provider()
            .flatMap(provider -> config.model().name().map(name -> new Model(provider, name)));
    Supplier<? extends Sandbox> sandbox =
        switch (config.sandbox()) {
          case NONE -> NoSandbox::new;
          case AUTO, BUBBLEWRAP -> jail(config);
        };
    return new PiCheck(
        home,
        AgentSettings.of(config.agent().command(), environment),
        sandbox,
        model,
        price(config));
  }

  private static Optional<Price> price(KnightConfig config) {
    try {
      return Prices.of(config.model().price(), "price");
    } catch (MisconfiguredException _) {
      return Optional.empty();
    }
  }

  private Supplier<Bubblewrap> jail(KnightConfig config) {
    return () -> Preflight.jail(home, config, environment);
  }

  private List<Check> machine() {
    List<Check> checks = new ArrayList<>();
    checks.add(new RoomCheck("home", home.root()));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (!isSameDisk(home.root(), temporary)) {
      checks.add(new RoomCheck("tmp", temporary));
    }
    checks.add(new LimitsCheck());
    return checks;
  }

  private static boolean isSameDisk(Path one, Path other) {
    try {
      return Files.exists(one) && Files.getFileStore(one).equals(Files.getFileStore(other));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private List<Check> service(Web web, Optional<KnightConfig> known) {
    List<Check> checks = new ArrayList<>();
    boolean isHeld = isHeld();
    checks.add(new ServiceCheck(home, web, isHeld, executable(), units(), this::turn));
    if (!isHeld) {
      known
          .map(config -> new PortCheck(config.http().host(), config.http().port()))
          .ifPresent(checks::add);
    }
    known
        .flatMap(this::store)
        .map(file -> new StoreCheck(home, file, this::turn, clock))
        .ifPresent(checks::add);
    return checks;
  }

  /** Another build's may be no file. */
  private Optional<Path> store(KnightConfig config) {
    try {
      return Optional.of(StoreUrl.file(home.root(), config.store().url()));
    } catch (MisconfiguredException _) {
      return Optional.empty();
    }
  }

  /** Whose lock cannot even be looked at is told by {@link HomeCheck}. */
  private boolean isHeld() {
    try {
      return HomeLock.isHeld(home);
    } catch (MisconfiguredException _) {
      return false;
    }
  }

  private Optional<Closeable> turn() {
    return HomeLock.tryHold(home, "doctor", clock.instant()).map(lock -> lock::close);
  }

  private List<Path> units() {
    return Stream.of(Manager.values())
        .map(manager -> new KnightUnit(manager, home, OwnProgram.lasting(), environment).file())
        .toList();
  }

  /** What a service is made of that is started now. */
  private static Path executable() {
    boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    String classPath = System.getProperty("java.class.path");
    int end = classPath.indexOf(File.pathSeparatorChar);
    return isNative
        ? Path.of(ProcessHandle.current().info().command().orElse("/"))
        : Path.of(end < 0 ? classPath : classPath.substring(0, end));
  }
}

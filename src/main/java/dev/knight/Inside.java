package dev.knight;

import dev.knight.api.KnightApi;
import dev.knight.api.RestoreView;
import dev.knight.cli.ExitCodes;
import dev.knight.cli.KnightCommandLine;
import dev.knight.cli.Program;
import dev.knight.cli.SettingHelp;
import dev.knight.cli.Terminal;
import dev.knight.doctor.Check;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IssueUrl;
import dev.knight.job.MisconfiguredException;
import dev.knight.setup.Answers;
import dev.knight.store.StoreWatch;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/** The program once the framework has started: everything is at hand. */
@Singleton
@Unremovable
final class Inside implements QuarkusApplication, Program {
  /** More than a service takes to begin and to end, and less than {@link OrderlyEnd} waits. */
  private static final Duration FOR_SERVICE = Duration.ofSeconds(50);

  /** The system property with what a person is told once knight serves, after {@code init}. */
  static final String WELCOME = "dev.knight.welcome";

  private final KnightHome home;
  private final Provider<KnightApi> api;
  private final Provider<Announcement> announcement;
  private final Provider<ForegroundRun> foreground;
  private final Provider<Service> service;
  private final Watchdog watchdog;
  private final StoreWatch watch;
  private final Redactor redactor;
  private final InstantSource clock;
  private final ReentrantLock serving = new ReentrantLock();
  private final Terminal terminal = Terminal.of(System.getenv());

  Inside(
      KnightHome home,
      Provider<KnightApi> api,
      Provider<Announcement> announcement,
      Provider<ForegroundRun> foreground,
      Provider<Service> service,
      Watchdog watchdog,
      StoreWatch watch,
      Redactor redactor,
      InstantSource clock) {
    this.home = home;
    this.api = api;
    this.announcement = announcement;
    this.foreground = foreground;
    this.service = service;
    this.watchdog = watchdog;
    this.watch = watch;
    this.redactor = redactor;
    this.clock = clock;
  }

  @Override
  public int run(String... args) {
    return KnightCommandLine.execute(this, terminal, Optional.empty(), args);
  }

  @Override
  public KnightHome home() {
    return home;
  }

  @Override
  public Redactor redactor(Optional<Path> config) {
    return redactor;
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
    return true;
  }

  @Override
  public int ask(Optional<Path> config, ToIntFunction<KnightApi> question) {
    return question.applyAsInt(api.get());
  }

  @Override
  public int look(Optional<Path> config, ToIntFunction<KnightApi> question) {
    return ask(config, question);
  }

  @Override
  public int serve(Optional<Path> config, boolean stopAgents) {
    serving.lock();
    try (var said = announcement.get().publish()) {
      service.get().start();
      terminal.out().println(said.readiness());
      Optional.ofNullable(System.getProperty(WELCOME)).ifPresent(terminal.out()::println);
      watchdog.ready(said.readiness());
      Quarkus.waitForExit();
      watchdog.stopping();
      service.get().end(stopAgents);
    } finally {
      serving.unlock();
    }
    Optional<MisconfiguredException> death = watch.death();
    if (death.isPresent()) {
      throw death.get();
    }
    return ExitCodes.DONE;
  }

  /** A signal takes the framework apart on a thread of its own: not under a service that ends. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(1) ShutdownEvent end) {
    try {
      if (serving.tryLock(FOR_SERVICE.toSeconds(), TimeUnit.SECONDS)) {
        serving.unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int run(Optional<Path> config, IssueUrl url, Optional<String> text) {
    try (var _ = announcement.get().publish()) {
      return foreground.get().run(url, text, terminal);
    }
  }

  /** Nobody asks: it needs nothing of the framework, so it is done outside. */
  @Override
  public List<Check> checks(Optional<Path> config) {
    throw new IllegalStateException("A machine is looked at before the framework starts");
  }

  /** Nobody asks, as above. */
  @Override
  public Map<String, String> settings(Optional<Path> config) {
    throw new IllegalStateException("Settings are shown before the framework starts");
  }

  /** Nobody asks: what is set up is not there before it starts. */
  @Override
  public int init(Optional<Path> config, Answers answers) {
    throw new IllegalStateException("knight is set up before the framework starts");
  }

  /** Nobody asks: a service does not install itself. */
  @Override
  public KnightUnit unit(Manager manager) {
    throw new IllegalStateException("A service is installed before the framework starts");
  }

  /** Nobody can: the home is held by this very process, and its store is open. */
  @Override
  public RestoreView restore(Optional<Path> config, Path backup) {
    throw new IllegalStateException("A store that is open cannot be replaced");
  }
}

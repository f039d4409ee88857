package dev.knight;

import dev.knight.agent.AgentLoad;
import dev.knight.github.Quota;
import dev.knight.github.RestGitHub;
import dev.knight.home.KnightHome;
import dev.knight.intake.Intake;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.metrics.Kept;
import dev.knight.metrics.Later;
import dev.knight.metrics.Surroundings;
import dev.knight.store.StoreWatch;
import dev.knight.upkeep.DiskUsage;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Answers for the packages that may not know each other. Nothing is made before somebody asks: a
 * command that only asks the store has no token.
 */
@Singleton
final class Around implements Surroundings {
  private static final Logger LOG = Logger.getLogger(Around.class);

  private static final AgentLoad NOBODY_KNOWS = new AgentLoad(0, OptionalLong.empty());

  /** It looks at each file: seldom enough to be nothing beside the work. */
  private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(10);

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final KnightHome home;
  private final Provider<Intake> intake;
  private final Provider<RestGitHub> github;
  private final StoreWatch watch;
  private final Later<Long> worktrees;
  private final Kept<AgentLoad> load;

  Around(
      KnightHome home,
      Provider<Intake> intake,
      Provider<RestGitHub> github,
      StoreWatch watch,
      InstantSource clock) {
    this.home = home;
    this.intake = intake;
    this.github = github;
    this.watch = watch;
    this.worktrees =
        new Later<>(
            () -> DiskUsage.of(List.of(home.worktrees())),
            BETWEEN_COUNTS,
            clock,
            Thread.ofVirtual().name("disk-usage")::start);
    this.load = new Kept<>(this::agentLoad, FRESH, clock);
  }

  @Override
  public Map<RepositoryName, Instant> looks() {
    return intake.get().looks();
  }

  @Override
  public Optional<Instant> polled() {
    return intake.get().upToDate();
  }

  @Override
  public Optional<Quota> quota() {
    return github.get().quota();
  }

  @Override
  public boolean isTokenRefused() {
    return github.get().isTokenRefused();
  }

  @Override
  public Optional<String> storeTrouble() {
    return watch.death().map(MisconfiguredException::getMessage);
  }

  @Override
  public OptionalLong storeBytes() {
    Path file = home.store().resolveSibling(home.store().getFileName() + ".mv.db");
    try {
      return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    } catch (IOException _) {
      return OptionalLong.empty(); // moved just now
    }
  }

  @Override
  public OptionalLong worktreeBytes() {
    return worktrees.get().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public OptionalLong freeBytes() {
    try {
      return OptionalLong.of(Files.getFileStore(home.root()).getUsableSpace());
    } catch (IOException unknown) {
      LOG.debugf(unknown, "How much room the disk of %s has is not known", home.root());
      return OptionalLong.empty();
    }
  }

  @Override
  public OptionalLong agentBytes() {
    return load.get().bytes();
  }

  @Override
  public int agents() {
    return load.get().agents();
  }

  private AgentLoad agentLoad() {
    try {
      return AgentLoad.of(home);
    } catch (IOException unreadable) {
      LOG.debugf(unreadable, "What the agents of %s take is not known", home.root());
      return NOBODY_KNOWS;
    }
  }
}

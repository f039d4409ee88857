package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.overlay.Overlays;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All mirrors of this home. For any thread. */
public final class Mirrors implements AutoCloseable {
  private final KnightHome home;
  private final GitLimits limits;
  private final Remote.Finder remotes;
  private final Layering layering;
  private final Map<RepositoryName, BareRepository> open = new ConcurrentHashMap<>();

  /** With worktrees that have all of their files themselves. */
  public Mirrors(
      KnightHome home, GitCredentials credentials, GitLimits limits, InstantSource clock) {
    this(home, credentials, limits, clock, new Overlays(home, false));
  }

  /** From here on JGit, in this whole process, neither reads nor writes anybody's configuration. */
  public Mirrors(
      KnightHome home,
      GitCredentials credentials,
      GitLimits limits,
      InstantSource clock,
      Overlays overlays) {
    this(home, limits, overHttp(credentials, limits, new RemoteErrors(clock)), overlays);
  }

  Mirrors(KnightHome home, GitLimits limits, Remote.Finder remotes, Overlays overlays) {
    OwnSystem.install();
    this.home = home;
    this.limits = limits;
    this.remotes = remotes;
    this.layering = new Layering(home, overlays);
  }

  private static Remote.Finder overHttp(
      GitCredentials credentials, GitLimits limits, RemoteErrors errors) {
    return (repository, url) -> new HttpRemote(repository, url, credentials, limits, errors);
  }

  /**
   * The mirror of {@code repository}, made empty if there is none.
   *
   * @param cloneUrl as GitHub gave it: https, or http on this machine
   * @throws MisconfiguredException if it is another kind of URL
   */
  public Mirror mirror(RepositoryName repository, URI cloneUrl) {
    Remote remote = remotes.find(repository, cloneUrl);
    BareRepository bare = open.computeIfAbsent(repository, this::opened);
    return new Mirror(repository, bare, remote, home, limits, layering);
  }

  /**
   * The worktree of {@code job}, if there is a whole one. Nobody outside is asked, so it can be
   * found while GitHub is away.
   */
  public Optional<Worktree> worktree(RepositoryName repository, JobId job) {
    if (!Files.isDirectory(home.mirror(repository)) || !Files.isDirectory(home.worktree(job))) {
      return Optional.empty();
    }
    BareRepository bare = open.computeIfAbsent(repository, this::opened);
    return DiskWork.run(
        "look for the worktree of job " + job,
        () -> {
          LinkedWorktree place = LinkedWorktree.of(home, bare, layering, job);
          return place.base().map(base -> new Worktree(bare, place, job, base, limits));
        });
  }

  /** What {@code job} has made in {@code repository}, as far as it is here, for who looks on. */
  public Optional<Made> made(RepositoryName repository, JobId job) {
    if (!Files.isDirectory(home.mirror(repository))) {
      return Optional.empty();
    }
    BareRepository bare = open.computeIfAbsent(repository, this::opened);
    LinkedWorktree place = LinkedWorktree.of(home, bare, layering, job);
    return Optional.of(new Made(bare, place, job, GitLimits.ofLook()));
  }

  /** The mirror of {@code repository} as it is looked after, if there is one. */
  public Optional<MirrorUpkeep> upkeep(RepositoryName repository) {
    return Files.isDirectory(home.mirror(repository))
        ? Optional.of(
            new MirrorUpkeep(
                repository, open.computeIfAbsent(repository, this::opened), home, layering))
        : Optional.empty();
  }

  private BareRepository opened(RepositoryName repository) {
    return DiskWork.run(
        "open the mirror of " + repository, () -> BareRepository.at(home, home.mirror(repository)));
  }

  /** Lets go of all files. */
  @Override
  public void close() {
    open.values().forEach(BareRepository::close);
    open.clear();
  }
}

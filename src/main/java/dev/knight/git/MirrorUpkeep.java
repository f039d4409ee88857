package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.CancelledException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;

/** A mirror as it is looked after between jobs. Nobody outside is asked. */
public final class MirrorUpkeep {
  /** As git's own limits for its {@code gc --auto}: one of 256 directories speaks for all. */
  private static final int MOST_LOOSE = 27;

  private static final int MOST_PACKS = 20;

  /** Jobs wait for it, as they wait for a fetch. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int WINDOW_BYTES = 64 << 20;

  private final RepositoryName name;
  private final BareRepository repository;
  private final KnightHome home;
  private final Layering layering;

  MirrorUpkeep(RepositoryName name, BareRepository repository, KnightHome home, Layering layering) {
    this.name = name;
    this.repository = repository;
    this.home = home;
    this.layering = layering;
  }

  /** The tree of {@code commit}, comparable with {@link Snapshot#tree}; empty if it is not here. */
  public Optional<String> tree(Commit commit) {
    return DiskWork.run(
        "read %s of %s".formatted(commit, name),
        () -> {
          try {
            return Optional.of(repository.tree(commit).name());
          } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return Optional.empty();
          }
        });
  }

  /** Removes the worktrees of {@code job}, whole or not, with all that the mirror knows of them. */
  public void remove(JobId job) {
    repository.alone(
        name,
        LONGEST,
        () -> {
          LinkedWorktree.scratch(home, repository, layering, job).remove();
          LinkedWorktree.of(home, repository, layering, job).remove();
          return true;
        });
  }

  /** What the worktree of {@code job} would have itself if it did not lie over it. */
  public Optional<Path> template(JobId job) {
    return DiskWork.run(
        "look for the worktree of job " + job,
        () -> LinkedWorktree.of(home, repository, layering, job).below());
  }

  /** Removes the templates that no worktree lies over, but for the newest. */
  public void removeTemplates() {
    DiskWork.run(
        "remove templates of " + name,
        () -> {
          layering.templates().tidy(repository);
          return true;
        });
  }

  /** Whether so much lies about that {@link #collect} pays. */
  public boolean isUntidy() {
    File objects = new File(repository.path().toFile(), "objects");
    int loose = names(new File(objects, "17")).length;
    long packs =
        Arrays.stream(names(new File(objects, "pack")))
            .filter(file -> file.endsWith(".pack"))
            .count();
    return loose > MOST_LOOSE || packs > MOST_PACKS;
  }

  private static String[] names(File directory) {
    return Optional.ofNullable(directory.list()).orElse(new String[0]);
  }

  /**
   * Packs what a ref leads to, and forgets what none has led to since {@code unreachable}. Commits
   * that an agent made in its worktree hang on no ref: so only while {@code idle}, which is asked
   * when no job can begin on this mirror any more, since each begins with a fetch.
   *
   * @param stop says that there is no more time
   * @return whether it was done; if not, nothing is lost
   */
  public boolean collect(BooleanSupplier idle, Instant unreachable, BooleanSupplier stop) {
    try {
      return repository.alone(
          name, Duration.ZERO, () -> idle.getAsBoolean() && collected(unreachable, stop));
    } catch (UnavailableException busy) {
      return false;
    }
  }

  private boolean collected(Instant unreachable, BooleanSupplier stop) throws IOException {
    // For this process alone; the file is read by the agent's git too.
    repository.git().getConfig().setInt("pack", null, "threads", 1);
    repository.git().getConfig().setInt("pack", null, "windowmemory", WINDOW_BYTES);
    try (Git git = Git.wrap(repository.git())) {
      var _ =
          git.gc().setExpire(unreachable).setProgressMonitor(new Deadline(LONGEST, stop)).call();
      return true;
    } catch (JGitInternalException failed) {
      if (failed.getCause() instanceof CancelledException) {
        return false;
      }
      throw new IOException(failed.getMessage(), failed);
    } catch (GitAPIException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
  }
}

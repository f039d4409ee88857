package dev.knight.upkeep;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.MirrorUpkeep;
import dev.knight.git.Mirrors;
import dev.knight.git.Snapshot;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.Effect;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sees to it that no work goes with a worktree. */
final class Safekeeping {
  private static final Logger LOG = Logger.getLogger(Safekeeping.class);
  private static final Author HERE = new Author("knight", "knight@localhost");

  private final KnightHome home;
  private final JobStore store;
  private final Mirrors mirrors;

  Safekeeping(KnightHome home, JobStore store, Mirrors mirrors) {
    this.home = home;
    this.store = store;
    this.mirrors = mirrors;
  }

  /**
   * Commits what the worktree of {@code ended} holds to a branch of the mirror, unless that is what
   * the job pushed, or nothing.
   *
   * @return why the worktree has to stay; empty if nothing is lost with it
   */
  Optional<String> keep(Ended ended) {
    if (!Files.isDirectory(home.worktree(ended.id()), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      for (RepositoryName repository : ended.repositories()) {
        Optional<Worktree> worktree = mirrors.worktree(repository, ended.id());
        if (worktree.isPresent()) {
          keep(ended, repository, worktree.get());
          return Optional.empty();
        }
      }
      return Optional.of("no mirror knows its worktree");
    } catch (RefusedException | MisconfiguredException unfit) {
      return Optional.of(String.valueOf(unfit.getMessage()));
    }
  }

  private void keep(Ended ended, RepositoryName repository, Worktree worktree) {
    Snapshot snapshot = worktree.snapshot();
    if (!snapshot.isChanged() || isPushed(ended.id(), repository, snapshot)) {
      return;
    }
    Optional<BranchName> branch = worktree.keep(HERE, ended.at(), message(ended));
    branch.ifPresent(name ->
        LOG.infof("job=%s What it did not publish is on %s of its mirror", ended.id(), name));
  }

  /** A branch alone says little: a later job may have moved it. */
  private boolean isPushed(JobId job, RepositoryName repository, Snapshot snapshot) {
    Optional<MirrorUpkeep> mirror = mirrors.upkeep(repository);
    return store.effects(job).stream()
        .filter(effect -> effect.kind() == Effect.Kind.PUSH && effect.state() == Effect.State.DONE)
        .flatMap(effect -> effect.externalId().stream())
        .anyMatch(commit ->
            mirror
                .flatMap(there -> there.tree(new Commit(commit)))
                .equals(Optional.of(snapshot.tree())));
  }

  private static String message(Ended ended) {
    String title =
        ended.job().map(job -> job.title().strip().replaceAll("\\s+", " ")).orElse("work");
    return "Unfinished: %s\n\nJob %s of knight.\n".formatted(title, ended.id());
  }
}

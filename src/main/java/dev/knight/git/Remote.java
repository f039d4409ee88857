package dev.knight.git;

import dev.knight.job.RepositoryName;
import java.net.URI;
import org.eclipse.jgit.lib.Repository;

/** The repository on the other side: what is fetched from it, and the one thing pushed to it. */
interface Remote {
  /** Brings {@code refs/remotes/origin} to what the other side has, and forgets what it has not. */
  void fetch(Repository git);

  /** Brings {@code reference} of this side to the head of pull request {@code number}. */
  void fetchPull(Repository git, long number, String reference);

  /**
   * Pushes {@code commit} to {@code branch}, forwards only. The other side's word for where the
   * branch stands comes first, so a push that got through unheard is found.
   */
  Push push(Repository git, Commit commit, BranchName branch);

  /** Finds the other side of each mirror. */
  @FunctionalInterface
  interface Finder {
    /**
     * The other side of {@code repository}.
     *
     * @throws dev.knight.job.MisconfiguredException if git may not go to {@code cloneUrl}
     */
    Remote find(RepositoryName repository, URI cloneUrl);
  }
}

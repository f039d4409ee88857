package dev.knight.home;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.nio.file.Path;
import java.util.List;

/**
 * All that lies under a home for one job.
 *
 * @param job whose it is, by the name alone
 * @param worktrees its worktree, or what is left of one; git's to remove
 * @param mirrors the repositories whose mirror knows its worktree
 * @param bridges the directories of its bridges; part of {@code others}
 * @param others all the rest, as files and directories to be removed
 * @param removing whether its removal had begun
 */
public record JobFiles(
    JobId job,
    List<Path> worktrees,
    List<RepositoryName> mirrors,
    List<Path> bridges,
    List<Path> others,
    boolean removing) {
  /** Keeps its own copies. */
  public JobFiles {
    worktrees = List.copyOf(worktrees);
    mirrors = List.copyOf(mirrors);
    bridges = List.copyOf(bridges);
    others = List.copyOf(others);
  }
}

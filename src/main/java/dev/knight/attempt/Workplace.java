package dev.knight.attempt;

import dev.knight.egress.JobNetwork;
import dev.knight.git.BranchName;
import dev.knight.git.Mirror;
import dev.knight.git.Worktree;
import dev.knight.publish.CommitStyle;
import java.nio.file.Path;

/**
 * Where an attempt works and what it goes by.
 *
 * @param mirror the repository
 * @param worktree the agent's files
 * @param base the branch that the pull request goes to
 * @param branch the branch that the pull request comes from
 * @param brief the task
 * @param config the repository's own wishes
 * @param note what the requester has to know of the configuration; mostly empty
 * @param limits what the job may use
 * @param commandHome the {@code HOME} of the repository's commands
 * @param network what may be reached from inside
 * @param style how the repository's commits are written
 */
record Workplace(
    Mirror mirror,
    Worktree worktree,
    BranchName base,
    BranchName branch,
    Brief brief,
    RepositoryConfig config,
    String note,
    Limits limits,
    Path commandHome,
    JobNetwork network,
    CommitStyle style) {

  /** The same in another worktree of the job, where nothing is changed and commands may run. */
  Workplace in(Worktree other) {
    return new Workplace(
        mirror, other, base, branch, brief, config, note, limits, commandHome, network, style);
  }
}

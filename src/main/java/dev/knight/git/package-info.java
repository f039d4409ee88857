/**
 * git without the {@code git} command: one mirror for each repository, one linked worktree for each
 * job, one commit for each answer.
 *
 * <pre>
 *   mirror = mirrors.mirror(repository, cloneUrl)        $KNIGHT_HOME/mirrors/OWNER/NAME.git
 *   mirror.fetch()                                       +refs/heads/*:refs/remotes/origin/*
 *   worktree = mirror.worktree(job, base)                refs/knight/jobs/JOB pins the base
 *        ... the agent works, and its sandbox ends ...
 *   snapshot = worktree.snapshot()                       a tree, read from the files alone
 *   commit = mirror.commit(snapshot, draft)            refs/heads/knight/...
 *   mirror.push(commit, branch)                          COMMIT:refs/heads/BRANCH, and nothing else
 * </pre>
 *
 * What lies in a worktree is hostile. It is never opened as a repository: the only repository that
 * is ever opened is the mirror, whose configuration is knight's own. No hook, filter or program of
 * any kind is run, and no configuration of the user or the machine is read.
 */
@NullMarked
package dev.knight.git;

import org.jspecify.annotations.NullMarked;

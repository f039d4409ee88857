package dev.knight.git;

import dev.knight.job.JobId;
import dev.knight.overlay.Sight;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * What one job has made, as far as it lies on this machine, for those who look on: whoever works
 * there is not disturbed, nothing is put in order, and nobody outside is asked.
 */
public final class Made {
  /** More rounds than a pull request has. */
  private static final int MOST_ROUNDS = 50;

  private final BareRepository mirror;
  private final LinkedWorktree place;
  private final JobId job;
  private final GitLimits limits;

  Made(BareRepository mirror, LinkedWorktree place, JobId job, GitLimits limits) {
    this.mirror = mirror;
    this.place = place;
    this.job = job;
    this.limits = limits;
  }

  /**
   * The files of its worktree as they are now; empty if there is none.
   *
   * @throws dev.knight.job.RefusedException if they cannot be read, because somebody changes them
   *     meanwhile or as {@link Worktree#snapshot} does
   */
  public Optional<Comparison> files() {
    return DiskWork.run(
        "read the worktree of job " + job,
        () -> {
          Optional<Commit> base = place.seen();
          return base.isPresent() ? Optional.of(files(base.get())) : Optional.empty();
        });
  }

  private Comparison files(Commit base) throws IOException {
    Optional<ObjectId> moved = place.moved();
    ObjectId tracked = moved.isPresent() ? moved.get() : mirror.tree(base);
    try (Sight sight = place.glance()) {
      ObjectId tree =
          DiskWork.aside(
              () -> FileTree.write(mirror.git(), tracked, sight.path(), limits), limits.time());
      return new Comparison(mirror, base, tree, limits);
    }
  }

  /** What an earlier look at its worktree came to; empty if it, or what it began from, is gone. */
  public Optional<Comparison> tree(String tree) {
    return DiskWork.run(
        "read tree %s of job %s".formatted(tree, job),
        () -> {
          ObjectId id = ObjectId.fromString(tree);
          return mirror.git().getObjectDatabase().has(id)
              ? place.seen().map(base -> new Comparison(mirror, base, id, limits))
              : Optional.empty();
        });
  }

  /** What {@code commit}, made for this job, has come to; empty if it is not here. */
  public Optional<Comparison> commit(Commit commit) {
    return DiskWork.run(
        "read commit %s of job %s".formatted(commit, job),
        () -> {
          try {
            ObjectId tree = mirror.tree(commit);
            return Optional.of(new Comparison(mirror, base(commit), tree, limits));
          } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return Optional.empty();
          }
        });
  }

  /** What {@code branch} of the mirror has come to; empty if there is none. */
  public Optional<Comparison> branch(BranchName branch) {
    return DiskWork.run("read the branches of job " + job, () -> mirror.at(branch.ref()))
        .flatMap(this::commit);
  }

  private Commit base(Commit made) throws IOException {
    Optional<Commit> pinned = place.seen();
    return pinned.isPresent() && mirror.isIn(pinned.get(), made) ? pinned.get() : below(made);
  }

  /** The worktree is tidied away: what lies below the last commits by the same hand. */
  private Commit below(Commit made) throws IOException {
    try (RevWalk walk = new RevWalk(mirror.git())) {
      RevCommit commit = walk.parseCommit(made.objectId());
      PersonIdent hand = commit.getCommitterIdent();
      for (int i = 0; i < MOST_ROUNDS && commit.getParentCount() > 0 && isBy(hand, commit); i++) {
        commit = walk.parseCommit(commit.getParent(0));
      }
      return Commit.of(commit);
    }
  }

  private static boolean isBy(PersonIdent hand, RevCommit commit) {
    return commit.getCommitterIdent().getEmailAddress().equals(hand.getEmailAddress());
  }
}

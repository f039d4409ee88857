package dev.knight.git;

import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import dev.knight.overlay.Sight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/** The linked worktree of one job, on a detached HEAD. */
public final class Worktree {
  private final BareRepository mirror;
  private final LinkedWorktree place;
  private final JobId job;
  private final Commit base;
  private final GitLimits limits;

  Worktree(BareRepository mirror, LinkedWorktree place, JobId job, Commit base, GitLimits limits) {
    this.mirror = mirror;
    this.place = place;
    this.job = job;
    this.base = base;
    this.limits = limits;
  }

  /** Whose it is. */
  public JobId job() {
    return job;
  }

  /** The directory in which the agent works. */
  public Path path() {
    return place.directory();
  }

  /**
   * The directory in the mirror that belongs to this worktree alone: its HEAD and index. An agent
   * without a jail writes there; one in a jail has {@link #repository} in the mirror's place.
   */
  public Path admin() {
    return place.admin();
  }

  /** What the agent's git works on in its jail: the one that is there, or a new one. */
  public AgentRepository repository() {
    return DiskWork.run("make the agent's repository of job " + job, place::repository);
  }

  /**
   * All of its files as they are seen from outside, until that is closed. Who has somebody work in
   * it holds one: without it, {@link #path} may show less.
   */
  public Sight sight() {
    return DiskWork.run("show the worktree of job " + job, place::hold);
  }

  /**
   * Whether who worked in it before, and may do so still, sees the same files as who begins now.
   */
  public boolean isShown() {
    return DiskWork.run("look for the worktree of job " + job, place::isShown);
  }

  /** The commit that the files were written from, whatever the agent has committed since. */
  public Commit base() {
    return base;
  }

  /**
   * Reads what the agent made. The sandbox must have ended. Files that {@code .gitignore} names are
   * left out unless the base has them, or people pushed them; commits, index and configuration of
   * the agent are not looked at.
   *
   * @throws RefusedException with a sentence for the requester, if there is something that knight
   *     does not publish: a nested repository, a pipe, too large a file, too many of them
   */
  public Snapshot snapshot() {
    return DiskWork.run(
        "read the worktree of job " + job, () -> DiskWork.aside(this::read, limits.time()));
  }

  /**
   * What an earlier {@link #snapshot} came to, whatever has been left in the worktree since.
   *
   * @param tree its tree
   * @return empty if the mirror does not have it
   */
  public Optional<Snapshot> snapshot(String tree) {
    return DiskWork.run(
        "read tree %s of job %s".formatted(tree, job),
        () -> {
          ObjectId id = ObjectId.fromString(tree);
          return mirror.git().getObjectDatabase().has(id)
              ? Optional.of(compared(id))
              : Optional.empty();
        });
  }

  /**
   * Commits what the agent made to the job's own branch of the mirror ({@link BranchName#kept}), so
   * that it outlives the worktree. Nothing goes anywhere else. The sandbox must have ended. What
   * was kept before stays in the branch's history; what is kept already is found.
   *
   * @param author author and committer
   * @param message as it stands
   * @return the branch; empty if nothing differs from the base
   * @throws RefusedException as {@link #snapshot} does
   */
  public Optional<BranchName> keep(Author author, Instant at, String message) {
    return keep(snapshot(), author, at, message);
  }

  /** The same for a {@code snapshot} that was taken before. */
  public Optional<BranchName> keep(Snapshot snapshot, Author author, Instant at, String message) {
    return snapshot.isChanged()
        ? Optional.of(
            DiskWork.run("keep the work of job " + job, () -> kept(snapshot, author, at, message)))
        : Optional.empty();
  }

  /**
   * Makes the files those of {@code tree} again, which an earlier {@link #snapshot} came to. What
   * git ignores stays. The sandbox must have ended. Who was interrupted does it again.
   *
   * @throws RefusedException as {@link #snapshot} does
   */
  public void setBack(String tree) {
    DiskWork.run(
        "set back the worktree of job " + job,
        () ->
            DiskWork.aside(
                () -> {
                  // What is ignored is what was ignored then.
                  setBack(ObjectId.fromString(tree), ".gitignore"::equals);
                  setBack(ObjectId.fromString(tree), _ -> true);
                  return true;
                },
                limits.time()));
  }

  /**
   * Brings the files onto {@code head}, where people left the branch: what they did and what the
   * agent made are put together. The sandbox must have ended. Who was interrupted does it again.
   *
   * @param known the commit of that branch whose changes are in the files already
   * @return what the files are now, and the paths that somebody has to settle
   * @throws RefusedException as {@link #snapshot} does
   */
  public Merge onto(Commit known, Commit head) {
    Merge merge =
        DiskWork.run(
            "merge the work of job " + job,
            () -> {
              Optional<Merge> begun = place.move(known, head);
              return begun.isPresent() ? begun.get() : move(known, head);
            });
    setBack(merge.tree());
    return merge;
  }

  /**
   * Brings the files onto {@code head}, to which their base has moved, as {@link #onto} does, and
   * counts them as made from there. Who was interrupted does it again.
   *
   * @return the same worktree on its new base
   */
  public Worktree rebase(Commit head) {
    onto(base, head);
    DiskWork.run(
        "move the base of job " + job,
        () -> {
          place.rebase(head);
          return true;
        });
    return new Worktree(mirror, place, job, head, limits);
  }

  /**
   * Where the files were brought from their base last, if they still count as made from that one:
   * somebody was interrupted in the middle of {@link #rebase}, or it was people's push.
   */
  public Optional<Commit> begun() {
    return DiskWork.run("look for moves of job " + job, () -> place.begun(base));
  }

  /** Put on record first: once files are written, nobody could tell what the agent had made. */
  private Merge move(Commit known, Commit head) throws IOException {
    ObjectId made = ObjectId.fromString(snapshot().tree());
    Merge merge = Merging.of(mirror.git(), mirror.tree(known), made, mirror.tree(head));
    place.move(known, head, merge);
    return merge;
  }

  /** Whether the files hold what people pushed: an earlier tree would take it away again. */
  public boolean isMoved() {
    return DiskWork.run("look for moves of job " + job, place::isMoved);
  }

  /** The paths that somebody has to settle since the files were brought onto {@code head}. */
  public List<String> unsettled(Commit head) {
    return DiskWork.run("look for moves of job " + job, () -> place.conflicts(head));
  }

  private void setBack(ObjectId tree, Predicate<String> which) throws IOException {
    try (Sight sight = place.sight()) {
      ObjectId now = files();
      new SetBack(mirror.git(), sight.path()).run(now, tree, which);
    }
  }

  private BranchName kept(Snapshot snapshot, Author author, Instant at, String message)
      throws IOException {
    BranchName branch = BranchName.kept(job);
    Commit before = mirror.at(branch.ref()).orElse(base);
    if (!mirror.tree(before).name().equals(snapshot.tree())) {
      new NewCommit(snapshot.tree(), new Draft(before, branch, author, at, message))
          .writeTo(mirror);
    }
    return branch;
  }

  private Snapshot read() throws IOException {
    return compared(files());
  }

  /**
   * The tree of the files. What people brought with a move is tracked as well, even where {@code
   * .gitignore} names it, and what they took away is not.
   */
  private ObjectId files() throws IOException {
    Optional<ObjectId> moved = place.moved();
    ObjectId tracked = moved.isPresent() ? moved.get() : mirror.tree(base);
    try (Sight sight = place.sight()) {
      return FileTree.write(mirror.git(), tracked, sight.path(), limits);
    }
  }

  private Snapshot compared(ObjectId after) throws IOException {
    ObjectId before = mirror.tree(base);
    TreeDiff diff = new TreeDiff(mirror.git(), before, after);
    List<Change> changes = diff.changes(limits.changedFiles());
    return new Snapshot(mirror, base, diff, changes, diff.lines());
  }
}

package dev.knight.git;

import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;

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
   * The directory in the mirror that belongs to this worktree alone: its HEAD and index. The only
   * part of the mirror, beside new objects, that the agent may need to write.
   */
  public Path admin() {
    return place.admin();
  }

  /** The commit that the files were written from, whatever the agent has committed since. */
  public Commit base() {
    return base;
  }

  /**
   * Reads what the agent made. The sandbox must have ended. Files that {@code .gitignore} names are
   * left out unless the base has them; commits, index and configuration of the agent are not looked
   * at.
   *
   * @throws RefusedException with a sentence for the requester, if there is something that knight
   *     does not publish: a nested repository, a pipe, too large a file, too many of them
   */
  public Snapshot snapshot() {
    return DiskWork.run("read the worktree of job " + job, this::read);
  }

  private Snapshot read() throws IOException {
    ObjectId before = tree(base);
    ObjectId after = FileTree.write(mirror.git(), before, path(), limits);
    TreeDiff diff = new TreeDiff(mirror.git(), before, after);
    List<Change> changes = diff.changes(limits.changedFiles());
    return new Snapshot(mirror, base, diff, changes, diff.lines());
  }

  private ObjectId tree(Commit commit) throws IOException {
    try (RevWalk walk = new RevWalk(mirror.git())) {
      return walk.parseCommit(commit.objectId()).getTree();
    }
  }

  /**
   * Makes one commit of {@code snapshot}, unsigned, and sets the draft's branch of the mirror to
   * it, so that it cannot be lost. The same twice is the same commit.
   */
  public Commit commit(Snapshot snapshot, Draft draft) {
    return DiskWork.run("commit the work of job " + job, () -> committed(snapshot, draft));
  }

  private Commit committed(Snapshot snapshot, Draft draft) throws IOException {
    Author author = draft.author();
    PersonIdent person = new PersonIdent(author.name(), author.email(), draft.at(), ZoneOffset.UTC);
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(snapshot.tree()));
    builder.setParentId(draft.parent().objectId());
    builder.setAuthor(person);
    builder.setCommitter(person);
    builder.setMessage(draft.message());
    try (ObjectInserter inserter = mirror.git().newObjectInserter()) {
      ObjectId id = inserter.insert(builder);
      inserter.flush();
      mirror.point(draft.branch().ref(), id);
      return Commit.of(id);
    }
  }
}

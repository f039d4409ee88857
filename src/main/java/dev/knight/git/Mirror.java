package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The bare repository that all worktrees of one GitHub repository share. For any thread; several
 * jobs may use it at once.
 */
public final class Mirror {
  private final RepositoryName name;
  private final BareRepository repository;
  private final Remote remote;
  private final KnightHome home;
  private final GitLimits limits;
  private final Layering layering;

  Mirror(
      RepositoryName name,
      BareRepository repository,
      Remote remote,
      KnightHome home,
      GitLimits limits,
      Layering layering) {
    this.name = name;
    this.repository = repository;
    this.remote = remote;
    this.home = home;
    this.limits = limits;
    this.layering = layering;
  }

  /** Its directory. */
  public Path path() {
    return repository.path();
  }

  /**
   * Brings it up to date with the branches of GitHub; one thread at a time. What is there is not
   * fetched again.
   *
   * @throws UnavailableException if that may work later
   * @throws MisconfiguredException if the token or the repository is wrong
   */
  public void fetch() {
    locked(() -> {
      remote.fetch(repository.git());
      return true;
    });
  }

  /**
   * Fetches the head of pull request {@code number}, which may lie in a fork, and says what it is.
   * A reference of this mirror keeps it.
   */
  public Commit pull(long number) {
    String reference = "refs/knight/pulls/" + number;
    return repository.alone(
        name,
        limits.time(),
        () -> {
          remote.fetchPull(repository.git(), number, reference);
          return repository.at(reference).orElseThrow();
        });
  }

  /**
   * The unified diff from {@code before} to {@code after} in UTF-8 of at most {@code maxBytes}; cut
   * as {@link Snapshot#diff(int)} is.
   */
  public String diff(Commit before, Commit after, int maxBytes) {
    return DiskWork.run(
        "compare %s and %s of %s".formatted(before, after, name),
        () ->
            new TreeDiff(repository.git(), repository.tree(before), repository.tree(after))
                .text(maxBytes));
  }

  /** Where {@code branch} stood on GitHub when it was last fetched. */
  public Optional<Commit> branchHead(BranchName branch) {
    return DiskWork.run(
        "read the branches of " + name,
        () -> repository.at("refs/remotes/origin/" + branch.value()));
  }

  /**
   * The content of the plain file {@code path} in {@code commit}; empty if there is none.
   *
   * @throws RefusedException if it is longer than {@code maxBytes}
   */
  public Optional<byte[]> file(Commit commit, String path, int maxBytes) {
    return DiskWork.run(
        "read %s of %s".formatted(path, name),
        () -> TreeFile.read(repository.git(), repository.tree(commit), path, maxBytes));
  }

  /** The tree of {@code commit}, comparable with {@link Snapshot#tree}. */
  public String tree(Commit commit) {
    return DiskWork.run(
        "read %s of %s".formatted(commit, name), () -> repository.tree(commit).name());
  }

  /**
   * Where {@code commit} left {@code branch}, as that was when it was fetched: {@code commit}
   * itself if it lies on it, or if the two have nothing in common.
   */
  public Commit fork(Commit commit, BranchName branch) {
    return branchHead(branch).flatMap(head -> fork(commit, head)).orElse(commit);
  }

  /**
   * The messages of the {@code most} newest commits that lead to {@code commit}, newest first,
   * without merges; each cut to {@value MessageLog#LONGEST} characters.
   */
  public List<String> messages(Commit commit, int most) {
    return DiskWork.run(
        "read the log of " + name, () -> MessageLog.read(repository.git(), commit, most));
  }

  /** Whether {@code commit} is here, and its tree is {@code tree}. */
  public boolean holds(Commit commit, String tree) {
    return DiskWork.run(
        "look for %s in %s".formatted(commit, name),
        () ->
            repository.git().getObjectDatabase().has(commit.objectId())
                && repository.tree(commit).name().equals(tree));
  }

  /**
   * What {@code ours} and {@code theirs} made of {@code base}, put together in memory. No attribute
   * of a tree, no filter and no driver has a say.
   *
   * @param base the tree that both started from, as {@link #tree} names it; so are the other two
   */
  public Merge merge(String base, String ours, String theirs) {
    return DiskWork.run(
        "merge %s and %s of %s".formatted(ours, theirs, name),
        () ->
            Merging.of(
                repository.git(),
                ObjectId.fromString(base),
                ObjectId.fromString(ours),
                ObjectId.fromString(theirs)));
  }

  /** Whether {@code head} is {@code commit}, or stands on it; not if one of them is not here. */
  public boolean isIn(Commit commit, Commit head) {
    return DiskWork.run(
        "look for %s in %s".formatted(commit, name), () -> repository.isIn(commit, head));
  }

  /** The best common ancestor of two commits, if they have one. */
  public Optional<Commit> fork(Commit one, Commit other) {
    return DiskWork.run(
        "compare %s and %s of %s".formatted(one, other, name), () -> repository.fork(one, other));
  }

  /**
   * The worktree of {@code job}, with all that was done in it. If there is none, or only half of
   * one, it is made from {@code base}; one that is there keeps its own base.
   */
  public Worktree worktree(JobId job, Commit base) {
    return DiskWork.run(
        "make the worktree of job " + job,
        () -> {
          Optional<Worktree> there = found(job);
          return there.isPresent() ? there.get() : made(job, base);
        });
  }

  /**
   * A second worktree of {@code job}, new and at {@code commit}, for what is only tried out. The
   * one that an earlier try left goes first; the job's own is not touched.
   */
  public Worktree scratch(JobId job, Commit commit) {
    removeScratch(job);
    return DiskWork.run(
        "make the second worktree of job " + job,
        () -> {
          LinkedWorktree place = LinkedWorktree.scratch(home, repository, layering, job);
          place.make(commit, layering.checkout(repository, limits.files()));
          return new Worktree(repository, place, job, commit, limits);
        });
  }

  /** Removes the second worktree of {@code job}, whole or not, if there is one. */
  public void removeScratch(JobId job) {
    locked(() -> {
      LinkedWorktree.scratch(home, repository, layering, job).remove();
      return true;
    });
  }

  /** The worktree of {@code job}, if there is a whole one. */
  public Optional<Worktree> worktree(JobId job) {
    return DiskWork.run("look for the worktree of job " + job, () -> found(job));
  }

  private Optional<Worktree> found(JobId job) throws IOException {
    LinkedWorktree place = LinkedWorktree.of(home, repository, layering, job);
    return place.base().map(base -> new Worktree(repository, place, job, base, limits));
  }

  private Worktree made(JobId job, Commit base) throws IOException {
    LinkedWorktree place = LinkedWorktree.of(home, repository, layering, job);
    place.make(base, layering.checkout(repository, limits.files()));
    return new Worktree(repository, place, job, base, limits);
  }

  /**
   * Makes one commit of {@code snapshot}, unsigned, and sets the draft's branch of this mirror to
   * it, so that it cannot be lost. The same twice is the same commit.
   */
  public Commit commit(Snapshot snapshot, Draft draft) {
    return DiskWork.run(
        "commit to %s of %s".formatted(draft.branch(), name),
        () -> new NewCommit(snapshot.tree(), draft).writeTo(repository));
  }

  /**
   * The same for the draft's parent with nothing but {@code content} at {@code path} written anew.
   */
  public Commit commit(String path, byte[] content, Draft draft) {
    return DiskWork.run(
        "commit %s to %s of %s".formatted(path, draft.branch(), name),
        () -> {
          String tree =
              OneFile.write(repository.git(), repository.tree(draft.parent()), path, content)
                  .name();
          return new NewCommit(tree, draft).writeTo(repository);
        });
  }

  /**
   * Moves {@code branch} of GitHub to {@code commit}, forwards only, and nothing else.
   *
   * @throws RefusedException if GitHub will not have this change
   * @throws UnavailableException if that may work later; trying again does no harm
   * @throws MisconfiguredException if the token or the repository is wrong
   */
  public Push push(Commit commit, BranchName branch) {
    return remote.push(repository.git(), commit, branch);
  }

  /** Removes the worktrees of {@code job}, whole or not. What was committed to a branch stays. */
  public void remove(JobId job) {
    locked(() -> {
      LinkedWorktree.scratch(home, repository, layering, job).remove();
      LinkedWorktree.of(home, repository, layering, job).remove();
      return true;
    });
  }

  private void locked(DiskWork<?> work) {
    repository.alone(name, limits.time(), work);
  }
}

package dev.knight.rehearsal;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/** What a head brings that its base does not have, counted as GitHub counts it. */
record Change(int commits, int files, int additions, int deletions) {
  /** So many lines around what differs are shown with it. */
  private static final int CONTEXT = 3;

  /** Compares two commits from where they parted. */
  static Change between(Repository jgit, ObjectId base, ObjectId head) throws IOException {
    try (RevWalk walk = new RevWalk(jgit);
        DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      diff.setRepository(jgit);
      RevCommit fork = fork(jgit, base, head).orElse(walk.parseCommit(base));
      walk.markStart(walk.parseCommit(head));
      walk.markUninteresting(walk.parseCommit(base));
      int commits = 0;
      while (walk.next() != null) {
        commits++;
      }
      return count(diff, commits, fork, head);
    }
  }

  /** Whether a page of the change shows {@code line} of {@code path} as the change leaves it. */
  static boolean shows(Repository jgit, ObjectId base, ObjectId head, String path, int line)
      throws IOException {
    try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      diff.setRepository(jgit);
      ObjectId fork = fork(jgit, base, head).map(RevCommit::getId).orElse(base.copy());
      for (DiffEntry entry : diff.scan(fork, head)) {
        if (entry.getNewPath().equals(path)
            && diff.toFileHeader(entry).toEditList().stream()
                .anyMatch(edit ->
                    line > edit.getBeginB() - CONTEXT && line <= edit.getEndB() + CONTEXT)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The tree that merging would give; empty where both sides changed the same lines. */
  static Optional<ObjectId> merged(Repository jgit, ObjectId base, ObjectId head)
      throws IOException {
    Merger merger = MergeStrategy.RECURSIVE.newMerger(jgit, true);
    return merger.merge(base, head) ? Optional.of(merger.getResultTreeId()) : Optional.empty();
  }

  private static Optional<RevCommit> fork(Repository jgit, ObjectId base, ObjectId head)
      throws IOException {
    try (RevWalk walk = new RevWalk(jgit)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(base));
      walk.markStart(walk.parseCommit(head));
      return Optional.ofNullable(walk.next());
    }
  }

  private static Change count(DiffFormatter diff, int commits, RevCommit from, ObjectId to)
      throws IOException {
    int files = 0;
    int additions = 0;
    int deletions = 0;
    for (DiffEntry entry : diff.scan(from, to)) {
      files++;
      for (Edit edit : diff.toFileHeader(entry).toEditList()) {
        additions += edit.getLengthB();
        deletions += edit.getLengthA();
      }
    }
    return new Change(commits, files, additions, deletions);
  }
}

package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** What a job has made, beside what it started from, for people to read. */
public final class Comparison {
  private final BareRepository mirror;
  private final Commit base;
  private final ObjectId tree;
  private final GitLimits limits;

  Comparison(BareRepository mirror, Commit base, ObjectId tree, GitLimits limits) {
    this.mirror = mirror;
    this.base = base;
    this.tree = tree;
    this.limits = limits;
  }

  /** What the job started from. */
  public Commit base() {
    return base;
  }

  /** The tree's 40 hexadecimal digits: what has the same reads the same. */
  public String tree() {
    return tree.name();
  }

  /**
   * What differs, in the order of the paths.
   *
   * @param room how many bytes of hunks there may be in all; without any, lines are only counted
   * @param shown takes out of a whole text what nobody may see
   * @throws RefusedException if that is too much to be shown
   */
  public List<FileDiff> files(int room, UnaryOperator<String> shown) {
    return DiskWork.run("compare what was made with its base", () -> compared(room, shown));
  }

  private List<FileDiff> compared(int room, UnaryOperator<String> shown) throws IOException {
    Deadline deadline = new Deadline(limits.time());
    List<FileDiff> files = new ArrayList<>();
    int left = room;
    try (ObjectReader reader = mirror.git().newObjectReader()) {
      FileComparison comparison = new FileComparison(reader, shown);
      for (Change change :
          new TreeDiff(mirror.git(), mirror.tree(base), tree).changes(limits.changedFiles())) {
        if (deadline.isOver()) {
          throw new RefusedException("The change is too large to be compared in time");
        }
        FileDiff file = comparison.of(change, left);
        left -= file.hunks().length();
        files.add(file);
      }
    }
    return files;
  }
}

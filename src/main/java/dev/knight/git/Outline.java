package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * What a tree is to become, without any content.
 *
 * @param directories from the top down, those of submodules among them
 * @param files and links and submodules, as git's index has them
 */
record Outline(List<Path> directories, List<DirCacheEntry> files) {
  /**
   * That of {@code tree}.
   *
   * @throws RefusedException if the tree has more than {@code most} entries, or names that no tree
   *     should have
   */
  static Outline read(Repository git, ObjectId tree, int most) throws IOException {
    Outline outline = new Outline(new ArrayList<>(), new ArrayList<>());
    int count = 0;
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (++count > most) {
          throw new RefusedException(
              "The repository has more than %d files, which is more than knight works with"
                  .formatted(most));
        }
        TreeNames.check(walk);
        outline.add(walk);
        if (walk.isSubtree()) {
          walk.enterSubtree();
        }
      }
    }
    return outline;
  }

  private void add(TreeWalk walk) {
    if (walk.isSubtree() || walk.getFileMode().equals(FileMode.GITLINK)) {
      directories.add(FileNames.path(walk.getRawPath()));
    }
    if (!walk.isSubtree()) {
      DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
      entry.setFileMode(walk.getFileMode());
      entry.setObjectId(walk.getObjectId(0));
      files.add(entry);
    }
  }
}

package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** One file of a tree. */
final class TreeFile {
  private TreeFile() {}

  /** The plain file at {@code path}; a link is not one. */
  static Optional<byte[]> read(Repository git, ObjectId tree, String path, int maxBytes)
      throws IOException {
    try (ObjectReader reader = git.newObjectReader();
        TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
      if (walk == null || !isPlain(walk.getFileMode())) {
        return Optional.empty();
      }
      ObjectLoader blob = reader.open(walk.getObjectId(0), Constants.OBJ_BLOB);
      if (blob.getSize() > maxBytes) {
        throw new RefusedException(
            "%s has %d bytes, and knight reads at most %d"
                .formatted(path, blob.getSize(), maxBytes));
      }
      return Optional.of(blob.getCachedBytes(maxBytes));
    }
  }

  private static boolean isPlain(FileMode mode) {
    return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
  }
}

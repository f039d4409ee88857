package dev.knight.git;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of a worktree those of an earlier tree again: what differs is deleted, then
 * written anew. No link is followed, and what lies in the way of a file is deleted. Nothing may
 * work there meanwhile.
 *
 * @param git the mirror
 * @param top the worktree
 */
record SetBack(Repository git, Path top) {
  /** A path that differs; {@code mode} and all that follows are what it has to be. */
  private record Difference(
      Path path, FileMode before, FileMode mode, ObjectId id, LineEndings lines) {
    boolean wasSubmodule() {
      return before.equals(FileMode.GITLINK);
    }
  }

  /** What lies between {@code now}, which the files are, and {@code wanted}. */
  void run(ObjectId now, ObjectId wanted, Predicate<String> which) throws IOException {
    List<Difference> differences = differences(now, wanted, which);
    for (Difference each : differences) {
      delete(each);
    }
    try (ObjectReader reader = git.newObjectReader()) {
      for (Difference each : differences) {
        if (each.mode().equals(FileMode.GITLINK)) {
          Files.createDirectory(free(each.path())); // as a checkout leaves it
        } else if (!each.mode().equals(FileMode.MISSING)) {
          Leaf.read(reader, each.mode(), each.id(), each.lines()).put(free(each.path()));
        }
      }
    }
  }

  /** Nothing was ever checked out of a submodule. */
  private List<Difference> differences(ObjectId now, ObjectId wanted, Predicate<String> which)
      throws IOException {
    TreeLines before = lines(now);
    TreeLines after = lines(wanted);
    List<Difference> differences = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(now);
      walk.addTree(wanted);
      walk.setRecursive(true);
      walk.setFilter(before.isSame(after) ? TreeFilter.ANY_DIFF : TreeFilter.ALL);
      while (walk.next()) {
        Difference each = difference(walk, after);
        boolean isOther =
            !isSame(walk) || before.of(walk.getRawPath()) != after.of(walk.getRawPath());
        if (isOther && which.test(walk.getNameString()) && !each.wasSubmodule()) {
          differences.add(each);
        }
      }
    }
    return differences;
  }

  private TreeLines lines(ObjectId tree) throws IOException {
    try (ObjectReader reader = git.newObjectReader()) {
      return TreeLines.read(reader, BaseTree.read(reader, tree).all());
    }
  }

  private static boolean isSame(TreeWalk walk) {
    return walk.idEqual(0, 1) && walk.getRawMode(0) == walk.getRawMode(1);
  }

  private static Difference difference(TreeWalk walk, TreeLines lines) {
    return new Difference(
        FileNames.path(walk.getRawPath()),
        walk.getFileMode(0),
        walk.getFileMode(1),
        walk.getObjectId(1),
        lines.of(walk.getRawPath()));
  }

  private void delete(Difference difference) throws IOException {
    Path file = top.resolve(difference.path());
    @Nullable Path directory = file.getParent();
    if (difference.before().equals(FileMode.MISSING) || !isReal(directory)) {
      return;
    }
    unlock(directory);
    Removal.of(file);
    while (directory != null && !directory.equals(top) && isEmptied(directory)) {
      directory = directory.getParent();
    }
  }

  /** Deletes {@code directory} if nothing is in it. */
  private static boolean isEmptied(Path directory) throws IOException {
    try {
      Files.delete(directory);
      return true;
    } catch (DirectoryNotEmptyException _) {
      return false; // what git ignores stays
    }
  }

  /** Whether all from the worktree down to {@code directory} are directories, and no links. */
  private boolean isReal(@Nullable Path directory) {
    for (Path each = directory; each != null && !each.equals(top); each = each.getParent()) {
      if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Where {@code path} is to be written: nothing is there, and all above it are directories. */
  private Path free(Path path) throws IOException {
    Path place = top;
    for (Path name : path) {
      TreeNames.check(FileNames.bytes(name));
      place = place.resolve(name);
      if (!place.equals(top.resolve(path))) {
        directory(place);
      }
    }
    Removal.of(place);
    return place;
  }

  private static void directory(Path place) throws IOException {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      unlock(place);
      return;
    }
    Files.deleteIfExists(place);
    Files.createDirectory(place);
  }

  private static void unlock(@Nullable Path directory) throws IOException {
    if (directory != null && !Files.isWritable(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}

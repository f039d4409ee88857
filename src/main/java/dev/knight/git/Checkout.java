package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes a tree to an empty directory, byte for byte: no filter, no line endings, no submodule. The
 * tree may be malicious, so each file is new and no link is followed.
 */
final class Checkout {
  private static final FileAttribute<Set<PosixFilePermission>> PLAIN = mode("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE = mode("rwxr-xr-x");
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Repository git;
  private final int mostFiles;

  Checkout(Repository git, int mostFiles) {
    this.git = git;
    this.mostFiles = mostFiles;
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /**
   * Writes {@code tree} to {@code directory}, and to {@code index} what git's own index would say
   * of it.
   *
   * @throws RefusedException if the tree has too many files, or names that no tree should have
   */
  void write(ObjectId tree, Path directory, Path index) throws IOException {
    DirCache cache = DirCache.lock(index.toFile(), git.getFS());
    try (ObjectReader reader = git.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      DirCacheBuilder entries = cache.builder();
      files(walk, directory, entries);
      entries.finish();
      cache.write();
      if (!cache.commit()) {
        throw new IOException("The index could not be written: " + index);
      }
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException("The repository holds two files of one name: " + e.getFile(), e);
    } finally {
      cache.unlock();
    }
  }

  private void files(TreeWalk walk, Path top, DirCacheBuilder entries) throws IOException {
    List<Path> directories = new ArrayList<>(List.of(top));
    int count = 0;
    while (walk.next()) {
      if (++count > mostFiles) {
        throw new RefusedException(
            "The repository has more than %d files, which is more than knight works with"
                .formatted(mostFiles));
      }
      Path file = directories.get(walk.getDepth()).resolve(TreeNames.path(walk));
      if (walk.isSubtree()) {
        Files.createDirectory(file);
        directories.subList(walk.getDepth() + 1, directories.size()).clear();
        directories.add(file);
        walk.enterSubtree();
      } else {
        entries.add(written(walk, file));
      }
    }
  }

  private static DirCacheEntry written(TreeWalk walk, Path file) throws IOException {
    FileMode mode = walk.getFileMode();
    DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
    entry.setFileMode(mode);
    entry.setObjectId(walk.getObjectId(0));
    if (mode.equals(FileMode.GITLINK)) {
      Files.createDirectory(file);
      return entry;
    }
    entry.setLength(put(walk.getObjectReader(), mode, walk.getObjectId(0), file));
    entry.setLastModified(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
    return entry;
  }

  /**
   * Writes the blob {@code id} to {@code file}, where nothing may be yet.
   *
   * @return its length
   */
  static long put(ObjectReader reader, FileMode mode, ObjectId id, Path file) throws IOException {
    ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
    if (mode.equals(FileMode.SYMLINK)) {
      Files.createSymbolicLink(file, TreeNames.target(blob));
    } else {
      copy(blob, file, mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : PLAIN);
    }
    return blob.getSize();
  }

  private static void copy(
      ObjectLoader blob, Path file, FileAttribute<Set<PosixFilePermission>> mode)
      throws IOException {
    try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, NEW, mode))) {
      blob.copyTo(out);
    }
  }
}

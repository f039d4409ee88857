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
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Writes a tree to an empty directory, with the line endings that git gives it: no filter, no
 * encoding, no submodule. The tree may be malicious, so each file is new and no link is followed.
 * All directories are there before the first file or link, so nothing is ever written through a
 * link of the tree.
 */
final class Checkout {
  private static final FileAttribute<Set<PosixFilePermission>> PLAIN = mode("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE = mode("rwxr-xr-x");
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** So many files are taken at a time: neighbours lie close in a pack. */
  private static final int SHARE = 64;

  private final Repository git;
  private final int mostFiles;
  private final SpareCores cores;

  Checkout(Repository git, int mostFiles, SpareCores cores) {
    this.git = git;
    this.mostFiles = mostFiles;
    this.cores = cores;
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
    FileTime made = before(directory);
    DirCache cache = DirCache.lock(index.toFile(), git.getFS());
    try {
      List<DirCacheEntry> files = directories(tree, directory);
      files(files, directory, made);
      DirCacheBuilder entries = cache.builder();
      files.forEach(entries::add);
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

  /**
   * A time before {@code directory} was made, which all files get: git reads each file again that
   * is no older than its index, as it may have been changed since, and would have to read them all.
   */
  private static FileTime before(Path directory) throws IOException {
    return FileTime.from(Files.getLastModifiedTime(directory).toInstant().minusSeconds(2));
  }

  /** Makes all directories, and returns what else there is. */
  private List<DirCacheEntry> directories(ObjectId tree, Path top) throws IOException {
    List<DirCacheEntry> files = new ArrayList<>();
    int count = 0;
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (++count > mostFiles) {
          throw new RefusedException(
              "The repository has more than %d files, which is more than knight works with"
                  .formatted(mostFiles));
        }
        TreeNames.check(walk);
        if (walk.isSubtree() || walk.getFileMode().equals(FileMode.GITLINK)) {
          Files.createDirectory(place(top, walk.getRawPath()));
        }
        if (walk.isSubtree()) {
          walk.enterSubtree();
        } else {
          files.add(entry(walk));
        }
      }
    }
    return files;
  }

  private static DirCacheEntry entry(TreeWalk walk) {
    DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
    entry.setFileMode(walk.getFileMode());
    entry.setObjectId(walk.getObjectId(0));
    return entry;
  }

  private static Path place(Path top, byte[] path) {
    return top.resolve(FileNames.path(path));
  }

  /** Writes all {@code files}, and notes what git has to know of each. */
  private void files(List<DirCacheEntry> files, Path top, FileTime made) throws IOException {
    TreeLines lines = lines(files);
    AtomicInteger next = new AtomicInteger();
    cores.help(
        files.size() / SHARE,
        () -> {
          try (ObjectReader reader = git.newObjectReader()) {
            for (int at = next.getAndAdd(SHARE); at < files.size(); at = next.getAndAdd(SHARE)) {
              for (DirCacheEntry file : files.subList(at, Math.min(at + SHARE, files.size()))) {
                write(reader, file, lines, place(top, file.getRawPath()), made);
              }
            }
            return true;
          } finally {
            next.set(files.size()); // Where one of them fails, the others need not go on.
          }
        });
  }

  private TreeLines lines(List<DirCacheEntry> files) throws IOException {
    try (ObjectReader reader = git.newObjectReader()) {
      return TreeLines.read(reader, files);
    }
  }

  private static void write(
      ObjectReader reader, DirCacheEntry entry, TreeLines lines, Path file, FileTime made)
      throws IOException {
    if (!entry.getFileMode().equals(FileMode.GITLINK)) {
      LineEndings endings = lines.of(entry.getRawPath());
      entry.setLength(put(reader, entry.getFileMode(), entry.getObjectId(), endings, file));
      Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(made, made, null);
      entry.setLastModified(made.toInstant());
    }
  }

  /**
   * Writes the blob {@code id} to {@code file}, where nothing may be yet.
   *
   * @return the length of the file
   */
  static long put(ObjectReader reader, FileMode mode, ObjectId id, LineEndings lines, Path file)
      throws IOException {
    ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
    if (mode.equals(FileMode.SYMLINK)) {
      Files.createSymbolicLink(file, TreeNames.target(blob));
      return blob.getSize();
    }
    Written content = Written.of(blob, lines);
    copy(content, file, mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : PLAIN);
    return content.size();
  }

  private static void copy(Written content, Path file, FileAttribute<Set<PosixFilePermission>> mode)
      throws IOException {
    try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, NEW, mode))) {
      content.copyTo(out);
    }
  }
}

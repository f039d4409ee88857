package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * The tree that the files of a worktree make, as {@code git add --all} would see them, read by
 * knight itself: each file's bytes count and nothing else. For one reading.
 */
final class FileTree {
  private static final byte[] GIT = ".git".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SLASH = {'/'};

  private final BaseTree base;
  private final HostileFiles files;
  private final Blobs blobs;
  private final GitLimits limits;
  private final Deadline deadline;
  private final DirCache result = DirCache.newInCore();
  private final DirCacheBuilder entries = result.builder();
  private int count;

  private FileTree(BaseTree base, HostileFiles files, Blobs blobs, GitLimits limits) {
    this.base = base;
    this.files = files;
    this.blobs = blobs;
    this.limits = limits;
    this.deadline = new Deadline(limits.time());
  }

  /**
   * Writes the tree of {@code top} to {@code git}.
   *
   * @param base the tree that it is to be compared with: what is tracked there is not ignored
   * @throws RefusedException if there is something that knight does not publish
   */
  static ObjectId write(Repository git, ObjectId base, Path top, GitLimits limits)
      throws IOException {
    try (ObjectReader reader = git.newObjectReader();
        ObjectInserter inserter = git.newObjectInserter()) {
      HostileFiles files = new HostileFiles(top);
      Blobs blobs = new Blobs(files, reader, inserter, limits);
      FileTree tree = new FileTree(BaseTree.read(reader, base), files, blobs, limits);
      tree.directory(top, new byte[0], excluded(git));
      tree.entries.finish();
      ObjectId id = tree.result.writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  /** The rules of the mirror itself, which the operator may set. */
  private static IgnoreRules excluded(Repository git) throws IOException {
    Path file = git.getDirectory().toPath().resolve("info").resolve("exclude");
    List<byte[]> rules = Files.exists(file) ? List.of(Files.readAllBytes(file)) : List.of();
    return IgnoreRules.of(null, "", rules);
  }

  private void directory(Path directory, byte[] prefix, IgnoreRules above) throws IOException {
    IgnoreRules rules = rules(directory, text(prefix), above);
    for (Path child : files.entries(directory)) {
      byte[] name = FileNames.bytes(child.getFileName());
      if (!Arrays.equals(name, GIT)) {
        entry(child, joined(prefix, name), name, rules);
      } else if (prefix.length > 0) {
        throw new RefusedException(
            "'%s' makes its directory a repository of its own, which knight does not publish"
                .formatted(files.shown(child)));
      }
    }
  }

  private IgnoreRules rules(Path directory, String prefix, IgnoreRules above) throws IOException {
    Path file = directory.resolve(".gitignore");
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return above;
    }
    try (InputStream in = files.open(file)) {
      return IgnoreRules.of(above, prefix, List.of(in.readNBytes(IgnoreRules.LONGEST)));
    }
  }

  private void entry(Path file, byte[] path, byte[] name, IgnoreRules rules) throws IOException {
    PosixFileAttributes attributes = files.attributes(file);
    if (!isTracked(path, attributes) && rules.ignores(text(path), attributes.isDirectory())) {
      return;
    }
    TreeNames.check(name);
    checkCount();
    if (attributes.isDirectory()) {
      subdirectory(file, path, rules);
    } else if (attributes.isSymbolicLink()) {
      add(path, FileMode.SYMLINK, blobs.link(file, base.blob(path)));
    } else if (attributes.isRegularFile()) {
      add(path, mode(attributes), blobs.content(file, attributes.size(), base.blob(path)));
    } else {
      throw new RefusedException(
          "'%s' is a pipe, a socket or a device, which git does not keep"
              .formatted(files.shown(file)));
    }
  }

  private boolean isTracked(byte[] path, PosixFileAttributes attributes) {
    return base.at(path).isPresent()
        || (attributes.isDirectory() && base.hasBelow(joined(path, SLASH)));
  }

  private void checkCount() {
    if (++count > limits.files() || deadline.isOver()) {
      throw new RefusedException(
          "The worktree has too many files (%d so far); is something missing in .gitignore?"
              .formatted(count));
    }
  }

  /** A submodule stays what the base says: nothing of it was checked out, nothing is looked at. */
  private void subdirectory(Path file, byte[] path, IgnoreRules rules) throws IOException {
    Optional<ObjectId> module = base.submodule(path);
    if (module.isPresent()) {
      add(path, FileMode.GITLINK, module.get());
    } else {
      directory(file, joined(path, SLASH), rules);
    }
  }

  private void add(byte[] path, FileMode mode, ObjectId id) {
    DirCacheEntry entry = new DirCacheEntry(path);
    entry.setFileMode(mode);
    entry.setObjectId(id);
    entries.add(entry);
  }

  private static FileMode mode(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
        ? FileMode.EXECUTABLE_FILE
        : FileMode.REGULAR_FILE;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String text(byte[] path) {
    return new String(path, StandardCharsets.UTF_8);
  }
}

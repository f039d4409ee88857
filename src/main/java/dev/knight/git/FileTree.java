package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * knight itself: each file's bytes count, and what {@code .gitattributes} say of its line endings.
 * For one reading.
 */
final class FileTree {
  private static final byte[] GIT = ".git".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SLASH = {'/'};
  private static final Path IGNORE = Path.of(".gitignore");
  private static final Path ATTRIBUTES = Path.of(LineRules.FILE);
  private static final int DEEPEST = 100;
  private static final int LONGEST = 2_000;

  private final BaseTree base;
  private final TreeLines written;
  private final Blobs blobs;
  private final GitLimits limits;
  private final Deadline deadline;
  private final DirCache result = DirCache.newInCore();
  private final DirCacheBuilder entries = result.builder();
  private int count;

  private FileTree(BaseTree base, TreeLines written, Blobs blobs, GitLimits limits) {
    this.base = base;
    this.written = written;
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
      Blobs blobs = new Blobs(reader, inserter, limits);
      BaseTree before = BaseTree.read(reader, base);
      TreeLines written = TreeLines.read(reader, before.all());
      FileTree tree = new FileTree(before, written, blobs, limits);
      try (HostileDirectory files = HostileDirectory.open(top)) {
        tree.directory(files, new byte[0], new Rules(excluded(git), LineRules.NONE), 0);
      }
      tree.entries.finish();
      ObjectId id = tree.result.writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  /** What holds in one directory. */
  private record Rules(IgnoreRules ignored, LineRules lines) {}

  /** The rules of the mirror itself, which the operator may set. */
  private static IgnoreRules excluded(Repository git) throws IOException {
    Path file = git.getDirectory().toPath().resolve("info").resolve("exclude");
    List<byte[]> rules = Files.exists(file) ? List.of(Files.readAllBytes(file)) : List.of();
    return IgnoreRules.of(null, "", rules);
  }

  private void directory(HostileDirectory directory, byte[] prefix, Rules above, int depth)
      throws IOException {
    List<Path> names = directory.names(limits.files());
    Rules rules = rules(directory, names, text(prefix), above);
    for (Path name : names) {
      byte[] bytes = FileNames.bytes(name);
      if (!Arrays.equals(bytes, GIT)) {
        entry(directory, name, joined(prefix, bytes), rules, depth);
      } else if (prefix.length > 0) {
        throw new RefusedException(
            "'%s' makes its directory a repository of its own, which knight does not publish"
                .formatted(directory.shown(name)));
      }
    }
  }

  private static Rules rules(
      HostileDirectory directory, List<Path> names, String prefix, Rules above) throws IOException {
    IgnoreRules ignored = above.ignored();
    LineRules lines = above.lines();
    if (names.contains(IGNORE) && isFile(directory, IGNORE)) {
      ignored = IgnoreRules.of(ignored, prefix, List.of(content(directory, IGNORE)));
    }
    if (names.contains(ATTRIBUTES) && isFile(directory, ATTRIBUTES)) {
      lines = lines.with(prefix, content(directory, ATTRIBUTES));
    }
    return new Rules(ignored, lines);
  }

  private static boolean isFile(HostileDirectory directory, Path name) throws IOException {
    return directory.attributes(name).isRegularFile();
  }

  private static byte[] content(HostileDirectory directory, Path name) throws IOException {
    return directory.read(name, in -> in.readNBytes(RuleLines.LONGEST));
  }

  private void entry(HostileDirectory directory, Path name, byte[] path, Rules rules, int depth)
      throws IOException {
    PosixFileAttributes attributes = directory.attributes(name);
    if (!isTracked(path, attributes)
        && rules.ignored().ignores(text(path), attributes.isDirectory())) {
      return;
    }
    TreeNames.check(FileNames.bytes(name));
    checkCount();
    checkPath(directory, name, path, depth);
    if (attributes.isDirectory()) {
      subdirectory(directory, name, path, rules, depth);
    } else if (attributes.isSymbolicLink()) {
      add(path, FileMode.SYMLINK, blobs.link(directory, name, attributes, base.blob(path)));
    } else if (attributes.isRegularFile()) {
      Blobs.Lines lines = new Blobs.Lines(written.of(path), rules.lines().of(text(path)));
      ObjectId id = blobs.content(directory, name, attributes.size(), base.blob(path), lines);
      add(path, mode(attributes), id);
    } else {
      throw new RefusedException(
          "'%s' is a pipe, a socket or a device, which git does not keep"
              .formatted(directory.shown(name)));
    }
  }

  /**
   * Each directory on the way down is held open, and most systems cannot check out what is deep.
   */
  private static void checkPath(HostileDirectory directory, Path name, byte[] path, int depth) {
    if (depth > DEEPEST || path.length > LONGEST) {
      throw new RefusedException(
          "'%s' lies deeper than knight goes: %d directories, or a path of %d bytes"
              .formatted(directory.shown(name), DEEPEST, LONGEST));
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
  private void subdirectory(HostileDirectory above, Path name, byte[] path, Rules rules, int depth)
      throws IOException {
    Optional<ObjectId> module = base.submodule(path);
    if (module.isPresent()) {
      add(path, FileMode.GITLINK, module.get());
      return;
    }
    try (HostileDirectory directory = above.directory(name)) {
      directory(directory, joined(path, SLASH), rules, depth + 1);
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

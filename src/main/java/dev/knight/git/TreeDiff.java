package dev.knight.git;

import dev.knight.git.Change.Kind;
import dev.knight.git.Change.Mode;
import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.io.NullOutputStream;

/** What lies between two trees of a mirror. Renames are not looked for: policy judges paths. */
record TreeDiff(Repository git, ObjectId before, ObjectId after) {
  /** A larger file is compared as a whole, like one that is not text. */
  static final int LARGEST_TEXT = 1 << 20;

  /**
   * What changed, in the order of the paths.
   *
   * @throws RefusedException if more than {@code most} paths did
   */
  List<Change> changes(int most) throws IOException {
    List<Change> changes = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(before);
      walk.addTree(after);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        if (changes.size() == most) {
          throw new RefusedException(
              "The change touches more than %d files, which is more than knight publishes at once"
                  .formatted(most));
        }
        changes.add(change(walk));
      }
    }
    return changes;
  }

  /** The paths after it by {@code key}, as far as several have the same. */
  Map<String, List<String>> alike(UnaryOperator<String> key) throws IOException {
    Map<String, List<String>> paths = new HashMap<>();
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(after);
      walk.setRecursive(true);
      while (walk.next()) {
        String path = path(walk);
        paths.computeIfAbsent(key.apply(path), _ -> new ArrayList<>(1)).add(path);
      }
    }
    paths.values().removeIf(same -> same.size() < 2);
    return paths;
  }

  /** How many lines it adds and deletes, of text files only. */
  Lines lines() throws IOException {
    return lines(_ -> true);
  }

  /** The same of those files alone that {@code counts} has nothing against. */
  Lines lines(Predicate<String> counts) throws IOException {
    long added = 0;
    long deleted = 0;
    try (DiffFormatter formatter = formatter(NullOutputStream.INSTANCE)) {
      for (DiffEntry entry : formatter.scan(before, after)) {
        if (!counts.test(path(entry))) {
          continue;
        }
        for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
          added += edit.getLengthB();
          deleted += edit.getLengthA();
        }
      }
    }
    return new Lines(added, deleted);
  }

  private static String path(DiffEntry entry) {
    return entry.getChangeType() == DiffEntry.ChangeType.DELETE
        ? entry.getOldPath()
        : entry.getNewPath();
  }

  /** The tree before it, with {@code paths} as they are after it; written to the repository. */
  ObjectId beforeWith(Set<String> paths) throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder entries = cache.builder();
    try (TreeWalk walk = new TreeWalk(git);
        ObjectInserter inserter = git.newObjectInserter()) {
      walk.addTree(before);
      walk.addTree(after);
      walk.setRecursive(true);
      while (walk.next()) {
        int side = paths.contains(path(walk)) ? 1 : 0;
        if (!walk.getFileMode(side).equals(FileMode.MISSING)) {
          DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
          entry.setFileMode(walk.getFileMode(side));
          entry.setObjectId(walk.getObjectId(side));
          entries.add(entry);
        }
      }
      entries.finish();
      ObjectId tree = cache.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  /** The unified diff, cut at a line's end to {@code most} bytes and then saying so. */
  String text(int most) throws IOException {
    return text(TreeFilter.ALL, most);
  }

  /** The same of {@code paths} alone, of which there is at least one. */
  String text(Collection<String> paths, int most) throws IOException {
    return text(PathFilterGroup.createFromStrings(paths), most);
  }

  private String text(TreeFilter filter, int most) throws IOException {
    BoundedText text = new BoundedText(most);
    try (DiffFormatter formatter = formatter(text)) {
      formatter.setPathFilter(filter);
      formatter.format(formatter.scan(before, after));
      formatter.flush();
    } catch (BoundedText.Full _) {
      return text.cut();
    }
    return text.whole();
  }

  private DiffFormatter formatter(OutputStream out) {
    DiffFormatter formatter = new DiffFormatter(out);
    formatter.setRepository(git);
    formatter.setDetectRenames(false);
    formatter.setBinaryFileThreshold(LARGEST_TEXT);
    formatter.setDiffAlgorithm(quick());
    return formatter;
  }

  /** Without the exact algorithm to fall back on, which takes hours on files made for it. */
  static HistogramDiff quick() {
    HistogramDiff diff = new HistogramDiff();
    diff.setFallbackAlgorithm(null);
    return diff;
  }

  private static Change change(TreeWalk walk) {
    Mode before = mode(walk.getFileMode(0));
    Mode after = mode(walk.getFileMode(1));
    Kind kind =
        before == Mode.ABSENT ? Kind.ADDED : after == Mode.ABSENT ? Kind.DELETED : Kind.MODIFIED;
    return new Change(
        kind, path(walk), before, after, walk.getObjectId(0).name(), walk.getObjectId(1).name());
  }

  /** What is no UTF-8 in it is U+FFFD: JGit would take it for another encoding, and guess. */
  private static String path(TreeWalk walk) {
    return new String(walk.getRawPath(), StandardCharsets.UTF_8);
  }

  private static Mode mode(FileMode mode) {
    if (mode.equals(FileMode.MISSING)) {
      return Mode.ABSENT;
    }
    if (mode.equals(FileMode.EXECUTABLE_FILE)) {
      return Mode.EXECUTABLE;
    }
    if (mode.equals(FileMode.SYMLINK)) {
      return Mode.LINK;
    }
    return mode.equals(FileMode.GITLINK) ? Mode.SUBMODULE : Mode.FILE;
  }

  /** Lines of text. */
  record Lines(long added, long deleted) {
    long both() {
      return added + deleted;
    }
  }
}

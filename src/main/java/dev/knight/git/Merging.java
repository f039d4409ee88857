package dev.knight.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Puts two changes of one tree together, path by path, in memory. JGit's own merger would ask the
 * attributes of the trees how to; here only bytes count. For one merge.
 */
final class Merging {
  /** A larger file is taken whole or not at all, like one that is not text. */
  private static final int LARGEST_TEXT = 1 << 20;

  /** What stands beside the markers of a conflict. */
  private static final List<String> NAMES = List.of("base", "yours", "theirs");

  private final ObjectId theirs;

  /** What becomes of a path that is not as their side has it: nothing, where it is deleted. */
  private final Map<String, Optional<DirCacheEntry>> taken = new TreeMap<>();

  private final List<String> conflicts = new ArrayList<>();

  private Merging(ObjectId theirs) {
    this.theirs = theirs;
  }

  /**
   * What {@code ours} and {@code theirs} made of {@code base}, put together; all three are trees.
   */
  static Merge of(Repository git, ObjectId base, ObjectId ours, ObjectId theirs)
      throws IOException {
    Merging merging = new Merging(theirs);
    try (ObjectReader reader = git.newObjectReader();
        ObjectInserter inserter = git.newObjectInserter()) {
      merging.compare(reader, inserter, base, ours);
      ObjectId tree = merging.result(reader).writeTree(inserter);
      inserter.flush();
      return new Merge(tree.name(), merging.conflicts.stream().sorted().toList());
    }
  }

  private void compare(ObjectReader reader, ObjectInserter inserter, ObjectId base, ObjectId ours)
      throws IOException {
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(base);
      walk.addTree(ours);
      walk.addTree(theirs);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        path(walk, reader, inserter);
      }
    }
  }

  private void path(TreeWalk walk, ObjectReader reader, ObjectInserter inserter)
      throws IOException {
    Side base = Side.of(walk, 0);
    Side ours = Side.of(walk, 1);
    Side their = Side.of(walk, 2);
    if (ours.equals(their) || ours.equals(base)) {
      return;
    }
    if (their.equals(base)) {
      take(walk.getRawPath(), ours);
      return;
    }
    Optional<MergeResult<RawText>> lines = lines(reader, base, ours, their);
    if (lines.isPresent()) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      new MergeFormatter().formatMerge(text, lines.get(), NAMES, StandardCharsets.UTF_8);
      FileMode mode = ours.mode().equals(base.mode()) ? their.mode() : ours.mode();
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.toByteArray());
      take(walk.getRawPath(), new Side(mode, blob));
    }
    if (lines.filter(result -> !result.containsConflicts()).isEmpty()) {
      conflicts.add(text(walk.getRawPath()));
    }
  }

  /** The lines of all three put together, if all are texts. */
  private static Optional<MergeResult<RawText>> lines(
      ObjectReader reader, Side base, Side ours, Side theirs) throws IOException {
    boolean plain = ours.isPlain() && theirs.isPlain() && (base.isPlain() || base.isNothing());
    if (!plain) {
      return Optional.empty();
    }
    Optional<RawText> before =
        base.isNothing() ? Optional.of(RawText.EMPTY_TEXT) : base.text(reader);
    Optional<RawText> one = ours.text(reader);
    Optional<RawText> other = theirs.text(reader);
    if (before.isEmpty() || one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    MergeAlgorithm algorithm = new MergeAlgorithm(new HistogramDiff());
    return Optional.of(
        algorithm.merge(RawTextComparator.DEFAULT, before.get(), one.get(), other.get()));
  }

  private void take(byte[] path, Side side) {
    taken.put(key(path), side.isNothing() ? Optional.empty() : Optional.of(side.entry(path)));
  }

  /** Their tree with what is taken; but no file takes the place of a directory of theirs. */
  private DirCache result(ObjectReader reader) throws IOException {
    DirCache files = BaseTree.read(reader, theirs).files();
    BaseTree rest = new BaseTree(with(files, List.of()));
    List<DirCacheEntry> added = taken.values().stream().flatMap(Optional::stream).toList();
    List<DirCacheEntry> blocked =
        added.stream().filter(entry -> isBlocked(rest, entry.getRawPath())).toList();
    for (DirCacheEntry entry : blocked) {
      taken.remove(key(entry.getRawPath()));
      conflicts.add(text(entry.getRawPath()));
    }
    return with(files, added.stream().filter(entry -> !blocked.contains(entry)).toList());
  }

  private DirCache with(DirCache files, List<DirCacheEntry> added) {
    DirCache result = DirCache.newInCore();
    DirCacheBuilder builder = result.builder();
    for (int i = 0; i < files.getEntryCount(); i++) {
      DirCacheEntry entry = files.getEntry(i);
      if (!taken.containsKey(key(entry.getRawPath()))) {
        builder.add(entry);
      }
    }
    added.forEach(builder::add);
    builder.finish();
    return result;
  }

  private static boolean isBlocked(BaseTree rest, byte[] path) {
    for (int i = 0; i < path.length; i++) {
      if (path[i] == '/' && rest.at(Arrays.copyOf(path, i)).isPresent()) {
        return true;
      }
    }
    byte[] below = Arrays.copyOf(path, path.length + 1);
    below[path.length] = '/';
    return rest.hasBelow(below);
  }

  /** A byte a character, so that paths stay what they are and in git's order. */
  private static String key(byte[] path) {
    return new String(path, StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] path) {
    return new String(path, StandardCharsets.UTF_8);
  }

  /** What one tree has at a path. */
  private record Side(FileMode mode, ObjectId id) {
    static Side of(TreeWalk walk, int tree) {
      return new Side(walk.getFileMode(tree), walk.getObjectId(tree));
    }

    boolean isNothing() {
      return mode.equals(FileMode.MISSING);
    }

    boolean isPlain() {
      return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    Optional<RawText> text(ObjectReader reader) throws IOException {
      ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
      if (blob.getSize() > LARGEST_TEXT) {
        return Optional.empty();
      }
      byte[] bytes = blob.getCachedBytes(LARGEST_TEXT);
      return RawText.isBinary(bytes, bytes.length, true)
          ? Optional.empty()
          : Optional.of(new RawText(bytes));
    }

    DirCacheEntry entry(byte[] path) {
      DirCacheEntry entry = new DirCacheEntry(path);
      entry.setFileMode(mode);
      entry.setObjectId(id);
      return entry;
    }
  }
}

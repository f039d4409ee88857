package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * How the lines of the files of one tree end in a worktree. For any thread.
 *
 * @param sources the files that say so
 * @param rules by the directory that has them, which ends with a slash; none that say nothing
 */
record TreeLines(List<Source> sources, Map<String, LineRules> rules) {
  /** The most rules that a tree may have; each file is held against those above it. */
  private static final int MOST = 20_000;

  /** A file of rules, in the directory {@code prefix}. */
  record Source(String prefix, ObjectId id) {}

  /**
   * Reads the rules of the tree that has {@code files}.
   *
   * @throws RefusedException if there are more than anybody needs
   */
  static TreeLines read(ObjectReader reader, List<DirCacheEntry> files) throws IOException {
    Map<String, LineRules> rules = new HashMap<>();
    TreeLines lines = new TreeLines(sources(files), rules);
    int count = 0;
    for (Source source : lines.sources()) {
      LineRules above = lines.in(source.prefix());
      LineRules own = above.with(source.prefix(), content(reader, source.id()));
      if (!own.equals(above)) {
        rules.put(source.prefix(), own);
        count += own.own().size();
      }
      if (count > MOST) {
        throw new RefusedException(
            "The repository has more than %d rules in %s, which is more than knight works with"
                .formatted(MOST, LineRules.FILE));
      }
    }
    return lines;
  }

  /** From the top down. */
  private static List<Source> sources(List<DirCacheEntry> files) {
    List<Source> sources = new ArrayList<>();
    for (DirCacheEntry file : files) {
      if (isSource(file)) {
        String path = text(file.getRawPath());
        sources.add(new Source(directory(path), file.getObjectId()));
      }
    }
    sources.sort(Comparator.comparingInt(source -> source.prefix().length()));
    return sources;
  }

  private static boolean isSource(DirCacheEntry file) {
    return LineRules.isName(file.getRawPath())
        && (file.getFileMode().equals(FileMode.REGULAR_FILE)
            || file.getFileMode().equals(FileMode.EXECUTABLE_FILE));
  }

  private static byte[] content(ObjectReader reader, ObjectId id) throws IOException {
    try (InputStream in = reader.open(id, Constants.OBJ_BLOB).openStream()) {
      return in.readNBytes(RuleLines.LONGEST);
    }
  }

  /** Whether {@code other} has the same rules. */
  boolean isSame(TreeLines other) {
    return sources.equals(other.sources);
  }

  /** Those of the file {@code path}, as bytes from the top. */
  LineEndings of(byte[] path) {
    if (rules.isEmpty()) {
      return LineEndings.KEPT;
    }
    String text = text(path);
    return in(directory(text)).of(text);
  }

  /** The rules that hold in {@code directory}: its own, or those of the next one above. */
  private LineRules in(String directory) {
    String place = directory;
    while (!place.isEmpty() && !rules.containsKey(place)) {
      place = directory(place.substring(0, place.length() - 1));
    }
    return rules.getOrDefault(place, LineRules.NONE);
  }

  private static String directory(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String text(byte[] path) {
    return new String(path, StandardCharsets.UTF_8);
  }
}

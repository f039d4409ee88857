package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The names in a tree, none of which may lead out of it or to a {@code .git}. */
final class TreeNames {
  private static final int LONGEST_LINK = 4095;
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern ENDS = Pattern.compile("[. ]+$");

  private TreeNames() {}

  /** Whether the last part of the path that {@code walk} is at may stand in a tree. */
  static void check(TreeWalk walk) {
    var entry = walk.getTree(0, AbstractTreeIterator.class);
    byte[] name = new byte[entry.getNameLength()];
    entry.getName(name, 0);
    check(name);
  }

  /**
   * Whether {@code name} may stand in a tree.
   *
   * @throws RefusedException if not: {@code .}, {@code ..}, {@code .git} and all that some file
   *     system takes for it
   */
  static void check(byte[] name) {
    String text = new String(name, StandardCharsets.UTF_8);
    if (isGit(text)) {
      throw new RefusedException("'%s' is not a name that git keeps".formatted(text));
    }
    try {
      new ObjectChecker().setSafeForMacOS(true).checkPathSegment(name, 0, name.length);
    } catch (CorruptObjectException e) {
      throw new RefusedException("'%s' is not a name that git keeps".formatted(text), e);
    }
  }

  /** Beyond what JGit knows: what NTFS reads so, as {@code .git::$INDEX_ALLOCATION}. */
  private static boolean isGit(String name) {
    String folded = INVISIBLE.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    int stream = folded.indexOf(':');
    String plain = ENDS.matcher(stream < 0 ? folded : folded.substring(0, stream)).replaceAll("");
    return plain.equals(".git") || plain.equals("git~1");
  }

  /** Where the link leads that {@code blob} holds. */
  static Path target(ObjectLoader blob) throws IOException {
    byte[] target = blob.getCachedBytes(LONGEST_LINK);
    if (target.length == 0 || new String(target, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
      throw new RefusedException("The repository holds a symbolic link that leads nowhere");
    }
    return FileNames.path(target);
  }
}

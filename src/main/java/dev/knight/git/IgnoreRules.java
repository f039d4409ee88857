package dev.knight.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The ignore rules that hold in one directory: its own, and those of the directories above.
 *
 * @param above the rules of the directory above; null at the top
 * @param prefix the directory's path from the top: empty, or with a slash at its end
 */
record IgnoreRules(@Nullable IgnoreRules above, String prefix, IgnoreNode own) {
  /**
   * A part of a path with more stars than this takes JGit's pattern too long on a name made for it.
   * Such a rule is left out: then more is published, not less.
   */
  private static final Pattern COSTLY = Pattern.compile("(\\*+[^*/]+){5,}\\**");

  /** No rule to anybody; JGit would log each one whole, and they come from an agent. */
  private static final Pattern BROKEN = Pattern.compile("\\[[^]]*$");

  /** No ignore file is read further. */
  static final int LONGEST = 1 << 18;

  /** Longer than any path. */
  private static final int LONGEST_LINE = 1_000;

  /** The most rules that are taken from one file. */
  private static final int MOST = 5_000;

  /** The rules of {@code files}, the last one the strongest. */
  static IgnoreRules of(@Nullable IgnoreRules above, String prefix, List<byte[]> files)
      throws IOException {
    IgnoreNode node = new IgnoreNode();
    for (byte[] file : files) {
      String rules =
          new String(file, StandardCharsets.UTF_8)
              .lines()
              .limit(MOST)
              .filter(line -> line.length() <= LONGEST_LINE && !COSTLY.matcher(line).find())
              .filter(line -> !BROKEN.matcher(line).find())
              .collect(Collectors.joining("\n"));
      node.parse(new ByteArrayInputStream(rules.getBytes(StandardCharsets.UTF_8)));
    }
    return new IgnoreRules(above, prefix, node);
  }

  /** Whether {@code path}, from the top and in this directory, is ignored. */
  boolean ignores(String path, boolean directory) {
    for (IgnoreRules level = this; level != null; level = level.above) {
      String below = "/" + path.substring(level.prefix.length());
      Boolean ignored = level.own.checkIgnored(below, directory);
      if (ignored != null) {
        return ignored;
      }
    }
    return false;
  }
}

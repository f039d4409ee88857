package dev.knight.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  /** The rules of {@code files}, the last one the strongest. */
  static IgnoreRules of(@Nullable IgnoreRules above, String prefix, List<byte[]> files)
      throws IOException {
    IgnoreNode node = new IgnoreNode();
    for (byte[] file : files) {
      String rules = RuleLines.of(file).collect(Collectors.joining("\n"));
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

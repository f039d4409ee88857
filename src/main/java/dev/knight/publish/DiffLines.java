package dev.knight.publish;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a unified diff shows of the files as they are after it. */
final class DiffLines {
  private static final Pattern HUNK =
      Pattern.compile("@@ -[0-9]+(?:,[0-9]+)? \\+([0-9]{1,9})(?:,([0-9]{1,9}))? @@.*");

  /** The name of a file that has odd characters is quoted, and left out. */
  private static final String FILE = "+++ b/";

  private final Map<String, Set<Integer>> shown = new HashMap<>();

  private DiffLines() {}

  static DiffLines of(String diff) {
    DiffLines lines = new DiffLines();
    Set<Integer> file = new HashSet<>();
    int next = 0;
    int left = 0;
    for (String line : diff.split("\n", -1)) {
      Matcher hunk = HUNK.matcher(line);
      if (left > 0 && (line.startsWith("+") || line.startsWith(" ") || line.isEmpty())) {
        file.add(next++);
        left--;
      } else if (left == 0 && line.startsWith("diff --git ")) {
        file = new HashSet<>();
      } else if (left == 0 && line.startsWith(FILE)) {
        lines.shown.put(line.substring(FILE.length()), file);
      } else if (hunk.matches()) {
        next = Integer.parseInt(hunk.group(1));
        left = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
      }
    }
    return lines;
  }

  /** Whether {@code line} of {@code file} is one of them. */
  boolean shows(String file, int line) {
    return shown.getOrDefault(file, Set.of()).contains(line);
  }
}

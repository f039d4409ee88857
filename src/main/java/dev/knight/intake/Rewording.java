package dev.knight.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between two wordings of one text, by lines, for an agent that knew the first. */
final class Rewording {
  /** Beyond so many pairs of lines the two are shown as a whole. */
  private static final int MOST_PAIRS = 1_000_000;

  private Rewording() {}

  /** Markdown that says so. Nothing in the texts can end its block. */
  static String of(String before, String now) {
    String lines =
        difference(before.lines().toList(), now.lines().toList()).stream()
            .collect(Collectors.joining("\n"));
    String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    return "I have changed what I had written. By lines, `-` is what it said and `+` what it says"
        + " now:\n\n%sdiff\n%s\n%s".formatted(fence, lines, fence);
  }

  private static List<String> difference(List<String> before, List<String> now) {
    if ((long) before.size() * now.size() > MOST_PAIRS) {
      return both(before, now);
    }
    int[][] common = common(before, now);
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < now.size()) {
      if (i < before.size() && j < now.size() && before.get(i).equals(now.get(j))) {
        lines.add(" " + before.get(i));
        i++;
        j++;
      } else if (j == now.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("-" + before.get(i++));
      } else {
        lines.add("+" + now.get(j++));
      }
    }
    return lines;
  }

  private static List<String> both(List<String> before, List<String> now) {
    List<String> lines = new ArrayList<>();
    before.forEach(line -> lines.add("-" + line));
    now.forEach(line -> lines.add("+" + line));
    return lines;
  }

  /** How many lines the ends of both from each place on have in common. */
  private static int[][] common(List<String> before, List<String> now) {
    int[][] common = new int[before.size() + 1][now.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}

package dev.knight.memory;

import dev.knight.job.Convention;
import java.util.List;
import java.util.stream.Collectors;

/** The section of {@code AGENTS.md} that knight keeps; everything around it is people's. */
public final class AgentsFile {
  private static final String BEGIN = "<!-- conventions: begin -->";
  private static final String END = "<!-- conventions: end -->";
  private static final String HEADING = "## Conventions";

  private AgentsFile() {}

  /** {@code text} with a section that says {@code conventions} in the place of the one before. */
  public static String with(String text, List<Convention> conventions) {
    String section =
        conventions.stream()
            .map(one -> "- " + harmless(one.rule()))
            .collect(Collectors.joining("\n", BEGIN + "\n", "\n" + END));
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(0, begin));
    if (begin >= 0 && end > begin) {
      return text.substring(0, begin) + section + text.substring(end + END.length());
    }
    String before = text.isBlank() ? "" : text.stripTrailing() + "\n\n";
    return before + HEADING + "\n\n" + section + "\n";
  }

  /** One sentence must not end the section, nor begin a comment. */
  private static String harmless(String rule) {
    return rule.replace("<!--", "<! --").replace("-->", "-- >");
  }
}

package dev.knight.git;

import dev.knight.git.Change.Mode;
import org.eclipse.jgit.util.QuotedString;

/**
 * One changed file as people read it.
 *
 * @param change what happened to it; its path as it may be shown
 * @param added lines added, if it is text of up to 1 MiB
 * @param deleted lines deleted, likewise
 * @param isText whether its lines can be compared
 * @param hunks what differs, in the manner of a unified diff without its header
 * @param isCut whether there is more than {@code hunks} has
 */
public record FileDiff(
    Change change, long added, long deleted, boolean isText, String hunks, boolean isCut) {

  /** The whole, with the header that git gives it, so that git can apply it. */
  public String text() {
    String before = quoted("a/" + change.path());
    String after = quoted("b/" + change.path());
    StringBuilder text =
        new StringBuilder("diff --git %s %s\n".formatted(before, after)).append(modes());
    if (!isText) {
      return text.append("Binary files %s and %s differ\n".formatted(before, after)).toString();
    }
    if (hunks.isEmpty()) {
      return text.append(isCut ? "… not shown\n" : "").toString();
    }
    return text.append("--- ")
        .append(change.before() == Mode.ABSENT ? "/dev/null" : before)
        .append("\n+++ ")
        .append(change.after() == Mode.ABSENT ? "/dev/null" : after)
        .append('\n')
        .append(hunks)
        .toString();
  }

  private String modes() {
    return switch (change.kind()) {
      case ADDED -> "new file mode " + word(change.after()) + "\n";
      case DELETED -> "deleted file mode " + word(change.before()) + "\n";
      case MODIFIED ->
          change.before() == change.after()
              ? ""
              : "old mode %s\nnew mode %s\n".formatted(word(change.before()), word(change.after()));
    };
  }

  private static String word(Mode mode) {
    return switch (mode) {
      case ABSENT -> "000000";
      case FILE -> "100644";
      case EXECUTABLE -> "100755";
      case LINK -> "120000";
      case SUBMODULE -> "160000";
    };
  }

  /** As git does it where a path has more than plain letters in it. */
  private static String quoted(String path) {
    return QuotedString.GIT_PATH.quote(path);
  }
}

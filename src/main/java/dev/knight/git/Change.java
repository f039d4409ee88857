package dev.knight.git;

/**
 * One path that differs from the base.
 *
 * @param path from the top of the worktree, with {@code /}; may hold any character
 * @param before what the base has there
 * @param after what the snapshot has there
 * @param contentBefore git's name for the content in the base; zeros if there is none
 * @param contentAfter git's name for the content in the snapshot; zeros if there is none
 */
public record Change(
    Kind kind, String path, Mode before, Mode after, String contentBefore, String contentAfter) {

  /** What happened to the path. */
  public enum Kind {
    /** The base does not have it. */
    ADDED,
    /** Its content or its mode differs. */
    MODIFIED,
    /** The snapshot does not have it. */
    DELETED
  }

  /** What git keeps at a path. */
  public enum Mode {
    /** Nothing. */
    ABSENT,
    /** A plain file. */
    FILE,
    /** A file that may be executed. */
    EXECUTABLE,
    /** A symbolic link. */
    LINK,
    /** A commit of another repository. */
    SUBMODULE
  }
}

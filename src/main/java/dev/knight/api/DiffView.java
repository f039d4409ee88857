package dev.knight.api;

import java.util.List;

/**
 * What a job changes, file by file.
 *
 * @param of what is compared: {@code worktree} as the agent has it now, {@code held} for what waits
 *     to be let through, {@code published} for what was pushed, {@code kept} for what is on a
 *     branch of the mirror
 * @param base the commit that it is compared with
 * @param added lines added in text files
 * @param deleted lines deleted in text files
 * @param files the files, in the order of their paths
 * @param note why it cannot be shown, or not whole; empty if it is
 */
public record DiffView(
    String of, String base, long added, long deleted, List<FileChange> files, String note) {
  /** Keeps its own copy. */
  public DiffView {
    files = List.copyOf(files);
  }

  /** One of files that are counted here. */
  public static DiffView of(String of, String base, List<FileChange> files, String note) {
    return new DiffView(
        of,
        base,
        files.stream().mapToLong(FileChange::added).sum(),
        files.stream().mapToLong(FileChange::deleted).sum(),
        files,
        note);
  }

  /**
   * One file.
   *
   * @param path from the top of the repository
   * @param kind {@code added}, {@code modified} or {@code deleted}
   * @param added lines added; 0 if it is no text
   * @param deleted lines deleted; 0 if it is no text
   * @param binary whether it is no text, or too long to be compared
   */
  public record FileChange(String path, String kind, long added, long deleted, boolean binary) {}
}

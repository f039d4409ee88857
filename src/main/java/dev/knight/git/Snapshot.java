package dev.knight.git;

import dev.knight.job.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the agent made: the tree of its files, beside the tree that it started from. Both lie in the
 * mirror, so the worktree may change or go.
 */
public final class Snapshot {
  private final BareRepository mirror;
  private final Commit base;
  private final TreeDiff diff;
  private final List<Change> changes;
  private final TreeDiff.Lines lines;

  Snapshot(
      BareRepository mirror,
      Commit base,
      TreeDiff diff,
      List<Change> changes,
      TreeDiff.Lines lines) {
    this.mirror = mirror;
    this.base = base;
    this.diff = diff;
    this.changes = List.copyOf(changes);
    this.lines = lines;
  }

  /** The commit that the agent started from. */
  public Commit base() {
    return base;
  }

  /** The tree's 40 hexadecimal digits: two snapshots with the same are the same. */
  public String tree() {
    return diff.after().name();
  }

  /** Whether anything differs from the base. */
  public boolean isChanged() {
    return !changes.isEmpty();
  }

  /** What differs, in the order of the paths. */
  public List<Change> changes() {
    return changes;
  }

  /** Lines added, in text files of up to 1 MiB. */
  public long added() {
    return lines.added();
  }

  /** Lines deleted, in text files of up to 1 MiB. */
  public long deleted() {
    return lines.deleted();
  }

  /**
   * The unified diff in UTF-8 of at most {@code maxBytes}. A longer one is cut at the end of a
   * line, and one more line says so.
   */
  public String diff(int maxBytes) {
    return DiskWork.run("compare the change with its base", () -> diff.text(maxBytes));
  }

  /**
   * The unified diff of {@code paths} alone, of which there is at least one; cut as {@link
   * #diff(int)} is.
   */
  public String diff(Collection<String> paths, int maxBytes) {
    return DiskWork.run("compare the change with its base", () -> diff.text(paths, maxBytes));
  }

  /** What lies behind one of the names that a {@link Change} has for a content; none has none. */
  public Content content(String name, int maxBytes) {
    return DiskWork.run("read the change", () -> Content.read(mirror.git(), name, maxBytes));
  }

  /** Those paths of the whole tree for which {@code key} has the same word, by that word. */
  public Map<String, List<String>> alike(UnaryOperator<String> key) {
    return DiskWork.run("read the change", () -> diff.alike(key));
  }

  /**
   * The base with {@code paths} alone as they are here, all else as it was: a commit of the mirror
   * that nothing leads to yet.
   */
  public Commit baseWith(Collection<String> paths) {
    return DiskWork.run(
        "put a part of the change on its base",
        () -> NewCommit.loose(mirror, diff.beforeWith(Set.copyOf(paths)), base));
  }

  /** Lines added and deleted in those text files that {@code counts} has nothing against. */
  public long lines(Predicate<String> counts) {
    return DiskWork.run("compare the change with its base", () -> diff.lines(counts)).both();
  }

  /**
   * The content of the plain file {@code path}; empty if there is none.
   *
   * @throws RefusedException if it is longer than {@code maxBytes}
   */
  public Optional<byte[]> file(String path, int maxBytes) {
    return DiskWork.run(
        "read the change", () -> TreeFile.read(mirror.git(), diff.after(), path, maxBytes));
  }
}

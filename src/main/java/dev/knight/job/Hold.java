package dev.knight.job;

import java.util.Optional;

/**
 * Work that is not pushed before a person has seen it. It is named by its content: what differs by
 * one byte is another tree, and is held anew.
 *
 * @param tree the 40 hexadecimal digits of the tree that git makes of it
 * @param diff what the person is shown of it; may be cut
 * @param releasedBy who let it through: a login, or the command that did
 */
public record Hold(String tree, String diff, Optional<String> releasedBy) {
  private static final int SHORT = 12;

  /** What nobody has let through yet. */
  public Hold(String tree, String diff) {
    this(tree, diff, Optional.empty());
  }

  /** The same, let through by {@code who}; nobody has to see its diff any more. */
  Hold letThrough(String who) {
    return new Hold(tree, "", Optional.of(who));
  }

  /** Whether a person let it through. */
  public boolean isReleased() {
    return releasedBy.isPresent();
  }

  /** As much of the tree's name as tells it from any other, for people. */
  public String shortTree() {
    return tree.substring(0, Math.min(SHORT, tree.length()));
  }
}

package dev.knight.git;

import java.util.List;

/**
 * Two changes of one tree, put together.
 *
 * @param tree its 40 hexadecimal digits; it lies in the mirror
 * @param conflicts the paths at which the two do not go together, in order. There a text has both
 *     sides between git's markers, and anything else is as the other side has it
 */
public record Merge(String tree, List<String> conflicts) {
  public Merge {
    conflicts = List.copyOf(conflicts);
  }

  /** Whether nobody has to settle anything. */
  public boolean isClean() {
    return conflicts.isEmpty();
  }
}

package dev.knight.attempt;

import dev.knight.job.Mention;

/** How knight tells itself that a pull request of its own does not go together with its base. */
public final class BaseMoved {
  private static final String MOVED = "base:";

  private BaseMoved() {}

  /** The node id of the mention that says so of {@code commit}, the pull request's head. */
  public static String nodeId(long pullRequest, String commit) {
    return MOVED + pullRequest + ":" + commit;
  }

  /** Whether {@code mention} is such a one. */
  public static boolean isOne(Mention mention) {
    return mention.source() == Mention.Source.WATCH && mention.nodeId().startsWith(MOVED);
  }
}

package dev.knight.git;

/** How a push ended, where it ended in something to go on with. */
public sealed interface Push {
  /** The branch now stands on {@code commit}. */
  record Pushed(Commit commit) implements Push {}

  /** The branch already stood on {@code commit}: an earlier push got through. */
  record AlreadyThere(Commit commit) implements Push {}

  /** Somebody moved the branch to {@code remote}, which {@code commit} does not stand on. */
  record Moved(Commit remote) implements Push {}
}

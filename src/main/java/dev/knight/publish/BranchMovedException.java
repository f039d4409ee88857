package dev.knight.publish;

import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.job.RefusedException;

/** Somebody pushed to the branch meanwhile. Nothing was pushed over it. */
public final class BranchMovedException extends RuntimeException {
  private final transient BranchName branch;
  private final transient Commit head;

  BranchMovedException(BranchName branch, Commit head) {
    super("%s moved to %s".formatted(branch, head));
    this.branch = branch;
    this.head = head;
  }

  /** What it is for the requester when it happens again and again. */
  public RefusedException refused() {
    return new RefusedException(
        "Somebody else pushed to `%s` (it is at %s now), and I do not overwrite people's commits."
            .formatted(branch.value(), head.id().substring(0, 10)),
        this);
  }
}

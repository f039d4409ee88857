package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.git.Merge;
import dev.knight.git.Mirror;
import dev.knight.git.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Follows the branch that a change goes to, which others move meanwhile. Before there is a pull
 * request the change is simply put onto its new head. Afterwards that is left to GitHub's merge, as
 * long as the two go together.
 */
final class Upstream {
  private final Publication publication;

  Upstream(Publication publication) {
    this.publication = publication;
  }

  /**
   * Ends what a crash left half done. Before anything else is made there: it would be lost, since
   * the files become what they were to be then.
   */
  static Workplace resumed(Workplace place) {
    Mirror mirror = place.mirror();
    return place
        .worktree()
        .begun()
        .filter(head ->
            mirror.branchHead(place.base()).filter(tip -> mirror.isIn(head, tip)).isPresent())
        .map(head -> place.in(place.worktree().rebase(head)))
        .orElse(place);
  }

  /**
   * Puts what was {@code made} onto the base as it is now, where that is for knight to do. The
   * agent must not be at work.
   *
   * @return the place on the new base; empty if nothing was done
   */
  Optional<Workplace> join(Workplace place, Snapshot made, Progress progress) {
    if (progress.job().mayPublish(made.tree())) {
      return Optional.empty(); // a person has let exactly that through
    }
    Mirror mirror = place.mirror();
    mirror.fetch();
    Commit before = place.worktree().base();
    Optional<Commit> head =
        mirror
            .branchHead(place.base())
            .filter(now -> !now.equals(before) && mirror.isIn(before, now))
            .filter(now -> !isTakenIn(place, now));
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Merge merge = mirror.merge(mirror.tree(before), made.tree(), mirror.tree(head.get()));
    if (merge.isClean() && publication.isPublished(progress.job())) {
      return Optional.empty();
    }
    Workplace joined = place.in(place.worktree().rebase(head.get()));
    progress.tell(
        "base",
        "Put the change onto %s as it is now (%s)%s"
            .formatted(
                place.base(),
                head.get().id().substring(0, 10),
                merge.isClean() ? "" : ", with %d conflicts".formatted(merge.conflicts().size())));
    return Optional.of(joined);
  }

  /** Whether people have merged {@code base} into the branch by themselves, and settled it. */
  private static boolean isTakenIn(Workplace place, Commit base) {
    Mirror mirror = place.mirror();
    return mirror.branchHead(place.branch()).filter(head -> mirror.isIn(base, head)).isPresent();
  }

  /** Where the change and the base that it was put onto last do not go together. */
  static List<String> conflicts(Workplace place) {
    return place.worktree().unsettled(place.worktree().base());
  }

  /** Has the agent settle them; what it has settled once is in its journal. */
  Answer settled(Implementer implementer, Workplace place, Answer before) {
    List<String> paths = conflicts(place);
    return paths.isEmpty()
        ? before
        : implementer.settleBase(place.worktree().base().id(), paths, before);
  }
}

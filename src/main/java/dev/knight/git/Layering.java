package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.overlay.Overlays;

/**
 * How worktrees come to their files: each has all of them itself, or what differs from a template
 * lies over that.
 *
 * @param overlays shows those that lie over a template, where the machine can
 * @param cores what files are written and deleted with
 * @param rounds in which they are written
 */
record Layering(
    Overlays overlays, Templates templates, SpareCores cores, Rounds<Checkout.Wanted> rounds) {
  Layering(KnightHome home, Overlays overlays) {
    this(
        overlays,
        new Templates(home),
        new SpareCores(Runtime.getRuntime().availableProcessors()),
        new Rounds<>());
  }

  /** Writes files of {@code mirror}. */
  Checkout checkout(BareRepository mirror, int mostFiles) {
    return new Checkout(mirror.git(), mostFiles, cores, rounds);
  }
}

package dev.knight.github;

import java.util.List;
import java.util.Optional;

/**
 * What people have given to one comment, of the reactions that knight reads.
 *
 * @param all the oldest first
 * @param etag the entity tag by which the next look may ask; empty if it does not speak for all
 */
public record Reactions(List<Reacted> all, Optional<String> etag) {
  /** Keeps its own copy. */
  public Reactions {
    all = List.copyOf(all);
  }
}

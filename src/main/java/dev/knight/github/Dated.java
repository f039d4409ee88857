package dev.knight.github;

import java.time.Instant;

/** What a list of changes is made of. */
public sealed interface Dated permits Listed, Change {

  /** GitHub's node id, unique among all things. */
  String nodeId();

  /** When it last changed. */
  Instant updatedAt();
}

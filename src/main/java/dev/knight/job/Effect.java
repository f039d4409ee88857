package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A write to GitHub: planned in the store before it is made, confirmed after. One kind and key of a
 * job is one effect, however often it is planned.
 *
 * @param job whose it is
 * @param kind what is written
 * @param key what tells it from the job's others of that kind, as the mention of a reaction or the
 *     branch of a push
 * @param state how far it is known to have come
 * @param externalId GitHub's name for what was made: a comment's or pull request's number, a
 *     commit's hash
 * @param link the page that shows it
 * @param plannedAt when it was first planned
 */
public record Effect(
    JobId job,
    Kind kind,
    String key,
    State state,
    Optional<String> externalId,
    Optional<URI> link,
    Instant plannedAt) {

  /** The same effect, having come as far as {@code next}. */
  public Effect as(State next, Optional<String> name, Optional<URI> page) {
    return new Effect(job, kind, key, next, name, page, plannedAt);
  }

  /** What is written. */
  public enum Kind {
    /** 👀 on a mention; the key is the mention's node id. */
    REACTION,
    /** The one status comment; the key is empty. */
    STATUS_COMMENT,
    /** A branch; the key is its name. */
    PUSH,
    /** The pull request; the key is its branch. */
    PULL_REQUEST
  }

  /** How far it is known to have come. */
  public enum State {
    /** Planned; it may or may not have been made. */
    INTENT,
    /** Made, and GitHub's name for it is known. */
    DONE,
    /** It will not be made again: GitHub refused it for good, or a person removed what was made. */
    GIVEN_UP
  }
}

package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that people of a repository want done so, learnt from what one of them corrected.
 *
 * @param id its number, from 1
 * @param repository where it holds
 * @param rule one sentence, in one line of at most {@link #LONGEST} characters
 * @param stage whether it holds
 * @param by whose correction it was learnt from
 * @param source the comment with that correction
 * @param key what tells that correction from every other, as GitHub's node id of the comment
 * @param commit the commit that served it, if one did
 * @param learntAt when it was learnt
 * @param usedAt when a job last went by it, or when it was confirmed or learnt
 * @param note who confirmed or dropped it, or why; empty while it is a candidate
 */
public record Convention(
    long id,
    RepositoryName repository,
    String rule,
    Stage stage,
    Person by,
    URI source,
    String key,
    Optional<String> commit,
    Instant learntAt,
    Instant usedAt,
    String note) {

  /** The longest rule. */
  public static final int LONGEST = 300;

  /** Whether a convention holds. */
  public enum Stage {
    /** Somebody said it once; no job is told of it. */
    CANDIDATE,
    /** A person confirmed it, or it was said twice: jobs are told of it. */
    CONFIRMED,
    /** It was taken back, contradicted, or not used for long. */
    DROPPED
  }

  /** The same in another stage, because of {@code why}. */
  public Convention as(Stage next, String why, Instant now) {
    return new Convention(id, repository, rule, next, by, source, key, commit, learntAt, now, why);
  }

  /** The same in other words. */
  public Convention saying(String words, Instant now) {
    return new Convention(
        id, repository, words, stage, by, source, key, commit, learntAt, now, note);
  }

  /** The same, gone by at {@code now}. */
  public Convention used(Instant now) {
    return new Convention(
        id, repository, rule, stage, by, source, key, commit, learntAt, now, note);
  }

  /** The same under the number {@code number}. */
  public Convention numbered(long number) {
    return new Convention(
        number, repository, rule, stage, by, source, key, commit, learntAt, usedAt, note);
  }
}

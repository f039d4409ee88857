package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A write to GitHub: planned in the store, on record as begun before the call, confirmed after it.
 * One kind and key of a job is one effect, however often it is planned.
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
 * @param begunAt when the last call was begun, or was given up without an answer
 * @param checkAt when to look whether it shows twice; empty if there is no need
 */
public record Effect(
    JobId job,
    Kind kind,
    String key,
    State state,
    Optional<String> externalId,
    Optional<URI> link,
    Instant plannedAt,
    Optional<Instant> begunAt,
    Optional<Instant> checkAt) {
  private static final int SHORT = 10;

  /** An effect that is planned, and nothing more. */
  public static Effect planned(JobId job, Kind kind, String key, Instant now) {
    return new Effect(
        job,
        kind,
        key,
        State.INTENT,
        Optional.empty(),
        Optional.empty(),
        now,
        Optional.empty(),
        Optional.empty());
  }

  /** The same effect, having come as far as {@code next}. */
  public Effect as(State next, Optional<String> name, Optional<URI> page) {
    return new Effect(job, kind, key, next, name, page, plannedAt, begunAt, checkAt);
  }

  /** The same effect while nobody knows whether the call of {@code now} got through. */
  public Effect begun(Instant now) {
    return new Effect(
        job, kind, key, State.UNKNOWN, externalId, link, plannedAt, Optional.of(now), checkAt);
  }

  /** The same effect, to be looked at again at {@code time}, or not at all. */
  public Effect checked(Optional<Instant> time) {
    return new Effect(job, kind, key, state, externalId, link, plannedAt, begunAt, time);
  }

  /** Whether {@code other} tells of the same call with the same result. */
  public boolean isAsFarAs(Effect other) {
    return state == other.state
        && externalId.equals(other.externalId)
        && begunAt
            .map(time -> time.truncatedTo(ChronoUnit.MICROS))
            .equals(other.begunAt.map(time -> time.truncatedTo(ChronoUnit.MICROS)));
  }

  /** What tells people which one it is, beside its kind; empty where nothing would. */
  public String name() {
    return switch (kind) {
      case REACTION, STATUS_COMMENT, REVIEW -> "";
      case PUSH -> key + externalId.map(commit -> " at " + shortened(commit)).orElse("");
      case PULL_REQUEST -> externalId.map(number -> "#" + number).orElse(key);
      case LABELS, REVIEWERS -> "#" + key;
      case RERUN -> "at " + shortened(key);
    };
  }

  private static String shortened(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }

  /** What is written. */
  public enum Kind {
    /** 👀 on a mention; the key is the mention's node id. */
    REACTION,
    /** The one status comment; the key is empty. */
    STATUS_COMMENT,
    /** A branch; the key is its name. */
    PUSH,
    /** The review that was asked for; the key is empty. */
    REVIEW,
    /** The pull request; the key is its branch. */
    PULL_REQUEST,
    /** The labels of the pull request; the key is its number. */
    LABELS,
    /** Who is asked to review the pull request; the key is its number. */
    REVIEWERS,
    /** Failed jobs of GitHub Actions, run once more; the key is commit, run and attempt. */
    RERUN
  }

  /** How far it is known to have come. */
  public enum State {
    /** Planned; no call that could make it twice has been begun. */
    INTENT,
    /** A call was begun, and whether it got through is not known yet. */
    UNKNOWN,
    /** Made, and GitHub's name for it is known. */
    DONE,
    /** It will not be made again: GitHub refused it for good, or a person removed what was made. */
    GIVEN_UP
  }
}

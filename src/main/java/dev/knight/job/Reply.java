package dev.knight.job;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that knight answers somebody in a comment of its own, beside the one status comment of
 * a job. It is planned in the store, made once, and never changed afterwards. One key is one reply,
 * however often it is planned.
 *
 * @param key what tells it from every other reply, as {@code help} and a mention's node id; at most
 *     300 characters
 * @param job whose it is, if it is a job's
 * @param subject the issue or pull request where it stands
 * @param thread the number of the first comment of the review thread that it answers in; empty in
 *     the conversation
 * @param body Markdown; whatever of it knight did not write itself has been made harmless
 * @param state how far it is known to have come
 * @param comment GitHub's number of the comment, once it is made
 * @param link the page that shows it
 * @param plannedAt when it was first planned
 * @param begunAt when the last call was begun, or was given up without an answer
 */
public record Reply(
    String key,
    Optional<JobId> job,
    Subject subject,
    OptionalLong thread,
    String body,
    Effect.State state,
    OptionalLong comment,
    Optional<URI> link,
    Instant plannedAt,
    Optional<Instant> begunAt) {

  /** One in the conversation of {@code subject}, that is planned and nothing more. */
  public static Reply in(
      Subject subject, String key, Optional<JobId> job, String body, Instant now) {
    return planned(subject, key, job, OptionalLong.empty(), body, now);
  }

  /** One in the review thread of {@code subject} whose first comment is {@code thread}. */
  public static Reply inThread(
      Subject subject, long thread, String key, Optional<JobId> job, String body, Instant now) {
    return planned(subject, key, job, OptionalLong.of(thread), body, now);
  }

  private static Reply planned(
      Subject subject,
      String key,
      Optional<JobId> job,
      OptionalLong thread,
      String body,
      Instant now) {
    return new Reply(
        key,
        job,
        subject,
        thread,
        body,
        Effect.State.INTENT,
        OptionalLong.empty(),
        Optional.empty(),
        now,
        Optional.empty());
  }

  /** Whether {@code other} tells of the same call with the same result. */
  public boolean isAsFarAs(Reply other) {
    return state == other.state && comment.equals(other.comment) && micros().equals(other.micros());
  }

  private Optional<Instant> micros() {
    return begunAt.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** The same reply while nobody knows whether the call of {@code now} got through. */
  public Reply begun(Instant now) {
    return new Reply(
        key,
        job,
        subject,
        thread,
        body,
        Effect.State.UNKNOWN,
        comment,
        link,
        plannedAt,
        Optional.of(now));
  }

  /** The same reply, which is there as comment {@code number}. */
  public Reply made(long number, URI page) {
    return new Reply(
        key,
        job,
        subject,
        thread,
        body,
        Effect.State.DONE,
        OptionalLong.of(number),
        Optional.of(page),
        plannedAt,
        begunAt);
  }

  /** The same reply, which is not going to be made. */
  public Reply givenUp() {
    return new Reply(
        key, job, subject, thread, body, Effect.State.GIVEN_UP, comment, link, plannedAt, begunAt);
  }
}

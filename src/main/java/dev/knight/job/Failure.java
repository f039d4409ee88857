package dev.knight.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong with an attempt, by who must act. The exceptions of this package are made where
 * knight meets the world; here is the one place that says what each of them means for a job.
 */
public sealed interface Failure {

  /** One sentence for the requester. */
  String sentence();

  /** Nobody must act, or the other side: tried again later. */
  sealed interface Passing extends Failure {}

  /**
   * It passes by itself, and is this job's own matter: a pi that died, an odd push.
   *
   * @param retryAt when to come again, if the other side said so
   */
  record Own(String sentence, Optional<Instant> retryAt) implements Passing {}

  /**
   * A side that every job needs is away.
   *
   * @param retryAt when to come again, if it said so
   */
  record Outage(Side side, String sentence, Optional<Instant> retryAt) implements Passing {}

  /** The requester must act: it is refused. */
  record Requester(String sentence) implements Failure {}

  /**
   * The operator must act; the job is kept until they have.
   *
   * @param side the side that knows this knight no longer, if it is not this job's alone
   */
  record Operator(Optional<Side> side, String sentence) implements Failure {}

  /** knight itself failed. */
  record Bug(String sentence) implements Failure {}

  /** What {@code thrown} means for the job whose attempt threw it. */
  static Failure of(RuntimeException thrown) {
    return switch (thrown) {
      case RefusedException refused -> new Requester(sentence(refused));
      case MisconfiguredException wrong ->
          new Operator(
              wrong.side(),
              "The operator of this knight has to mend something: " + sentence(wrong));
      case UnavailableException passes when passes.side().isPresent() ->
          new Outage(passes.side().get(), sentence(passes), passes.retryAt());
      case UnavailableException passes -> new Own(sentence(passes), passes.retryAt());
      default -> new Bug("knight itself failed; its log has the details.");
    };
  }

  private static String sentence(RuntimeException thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse("It failed without a reason.");
  }
}

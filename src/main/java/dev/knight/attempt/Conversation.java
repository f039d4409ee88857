package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.agent.Turn;
import dev.knight.job.LeaseLostException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One session with the agent, whose every answer is counted against the job's budget. */
final class Conversation implements AutoCloseable {
  /** An answer cut off more often than this is not going to end. */
  private static final int MOST_CUTS = 3;

  private static final String GO_ON = " go-on ";
  private static final String EXTENDED = " extended ";

  private final Session session;
  private final Runnable door;
  private final Overseer overseer;
  private final Reckoning reckoning;
  private final Prompts prompts;
  private final Progress progress;
  private final AtomicLong heard;
  private final AtomicInteger hangs;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** {@code door} shuts the way to the model. */
  Conversation(
      Session session,
      Runnable door,
      Overseer overseer,
      Reckoning reckoning,
      Prompts prompts,
      Progress progress) {
    this.session = session;
    this.door = door;
    this.overseer = overseer;
    this.reckoning = reckoning;
    this.prompts = prompts;
    this.progress = progress;
    this.heard = new AtomicLong(session.spent().outputTokens());
    this.hangs = new AtomicInteger(session.hangs());
    session.watch(_ -> noteAnswers());
    session.watch(_ -> tellHangs());
    progress.onCancel(this::cancel);
  }

  /** What it is held with, for those who only tell the agent something and look. */
  Session session() {
    return session;
  }

  private void cancel() {
    cancelled.set(true);
    // Not gently: nobody waits for its last word, and it must be gone soon.
    session.end();
  }

  /**
   * Asks and waits for the whole answer.
   *
   * @return the agent's last message
   * @throws LimitReachedException when the job has used up what it may, before or meanwhile
   */
  String ask(String key, String prompt) {
    overseer.reason().ifPresent(Conversation::stop);
    Turn turn = say(key, prompt);
    for (int cut = 1; turn instanceof Turn.Truncated && cut <= MOST_CUTS; cut++) {
      turn = say(key + GO_ON + cut, prompts.goOn());
    }
    progress.spent(overseer.budget().spent());
    noteAnswers();
    reckoning.check();
    return switch (turn) {
      case Turn.Finished(String text) -> text;
      case Turn.Truncated(String text) -> text;
      case Turn.Failed(Turn.Cause cause, String message) -> {
        // The gateway refuses for the same reason, and pi only repeats what it was told.
        overseer.reason().ifPresent(Conversation::stop);
        throw failure(cause, message);
      }
      case Turn.Stuck(String call) ->
          throw new LimitReachedException(
              "I made the same call over and over, and nothing new in between: `%s`."
                  .formatted(call));
      case Turn.Aborted() -> throw aborted();
    };
  }

  /**
   * What a limit cut off goes on under a key of its own, once somebody has given more: whoever is
   * asked the same thing again begins anew.
   */
  private Turn say(String key, String prompt) {
    int times = 0;
    while (session.wasAsked(extended(key, times + 1))) {
      times++;
    }
    Optional<String> giver = progress.job().mandate().extendedBy();
    if (giver.isPresent() && session.isUnanswered(extended(key, times))) {
      times++;
    }
    return times == 0
        ? prompted(key, prompt)
        : prompted(extended(key, times), prompts.extended(giver.orElse("Somebody")));
  }

  private Turn prompted(String key, String prompt) {
    try {
      return session.prompt(key, prompt);
    } finally {
      tellHangs();
    }
  }

  /** Each when it happens: of a second one the prompt knows only when it is given up. */
  private void tellHangs() {
    int now = session.hangs();
    for (int told = hangs.getAndAccumulate(now, Math::max); told < now; told++) {
      if (!cancelled.get()) {
        progress.tell("stall", "The agent gave no sign of life and was brought to rest");
      }
    }
  }

  private static String extended(String key, int times) {
    return times == 0 ? key : key + EXTENDED + times;
  }

  /** Whether {@code key} was ever asked, answered or not. */
  boolean wasAsked(String key) {
    return session.wasAsked(key);
  }

  /** Whether nothing was asked after {@code key} but to go on with it. */
  boolean isLatest(String key) {
    String latest = session.latest().orElse("");
    return latest.equals(key)
        || latest.startsWith(key + GO_ON)
        || latest.startsWith(key + EXTENDED);
  }

  /** Where it stands, for {@link #goBack}; empty if that cannot be said. */
  Optional<String> point() {
    return session.point();
  }

  /** Has the agent forget what came after {@code point}; false if there is no such point. */
  boolean goBack(String point) {
    return session.goBack(point);
  }

  /** A model that says something is not away, also in the middle of a long turn. */
  private void noteAnswers() {
    long words = session.spent().outputTokens();
    if (words > heard.getAndSet(words)) {
      progress.works(Side.MODEL);
    }
  }

  /** Ends the agent's process; its token is worth nothing any more. */
  @Override
  public void close() {
    session.end();
    door.run();
  }

  private RuntimeException aborted() {
    overseer.reason().ifPresent(Conversation::stop);
    return cancelled.get()
        ? new LeaseLostException(progress.job().id())
        : new UnavailableException("The agent was stopped in the middle.", Optional.empty());
  }

  private static void stop(String reason) {
    throw new LimitReachedException(reason);
  }

  private static RuntimeException failure(Turn.Cause cause, String message) {
    return switch (cause) {
      case PASSES ->
          new UnavailableException(
              Side.MODEL, "The model could not be asked: " + message, Optional.empty(), null);
      case OPERATOR ->
          new MisconfiguredException(
              Side.MODEL,
              "the model's provider refuses knight (%s). Look at knight.model.* and its key."
                  .formatted(message),
              null);
      case FINAL -> new RefusedException("The model refused the request: " + message);
    };
  }
}

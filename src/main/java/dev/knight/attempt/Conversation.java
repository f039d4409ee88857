package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.agent.Turn;
import dev.knight.job.LeaseLostException;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.util.Optional;

/** One session with the agent, whose every answer is counted against the job's budget. */
final class Conversation implements AutoCloseable {
  /** An answer cut off more often than this is not going to end. */
  private static final int MOST_CUTS = 3;

  private final Session session;
  private final Runnable door;
  private final Budget budget;
  private final Prompts prompts;
  private final Progress progress;

  /** {@code door} shuts the way to the model. */
  Conversation(Session session, Runnable door, Budget budget, Prompts prompts, Progress progress) {
    this.session = session;
    this.door = door;
    this.budget = budget;
    this.prompts = prompts;
    this.progress = progress;
    budget.watch(session);
    progress.onCancel(session::abort);
  }

  /**
   * Asks and waits for the whole answer.
   *
   * @return the agent's last message
   */
  String ask(String key, String prompt) {
    Turn turn = session.prompt(key, prompt);
    for (int cut = 1; turn instanceof Turn.Truncated && cut <= MOST_CUTS; cut++) {
      turn = session.prompt(key + " go-on " + cut, prompts.goOn());
    }
    progress.spent(budget.spent());
    return switch (turn) {
      case Turn.Finished(String text) -> text;
      case Turn.Truncated(String text) -> text;
      case Turn.Failed(Turn.Cause cause, String message) -> throw failure(cause, message);
      case Turn.Aborted() -> throw aborted();
    };
  }

  /** Ends the agent's process; its token is worth nothing any more. */
  @Override
  public void close() {
    session.end();
    door.run();
  }

  private RuntimeException aborted() {
    return budget
        .overdrawn()
        .<RuntimeException>map(RefusedException::new)
        .orElseGet(() -> new LeaseLostException(progress.job().id()));
  }

  private static RuntimeException failure(Turn.Cause cause, String message) {
    return switch (cause) {
      case PASSES ->
          new UnavailableException("The model could not be asked: " + message, Optional.empty());
      case OPERATOR ->
          new MisconfiguredException(
              "the model's provider refuses knight (%s). Look at knight.model.* and its key."
                  .formatted(message));
      case FINAL -> new RefusedException("The model refused the request: " + message);
    };
  }
}

package dev.knight.pi;

/** What pi is told to do; only the commands that knight uses. */
public sealed interface PiCommand {

  /**
   * Ask the model.
   *
   * @param message never starts with {@code /}, {@code !} or {@code @}, which pi would obey
   */
  record Prompt(String message) implements PiCommand {
    /** Takes care of {@code message}'s first character. */
    public Prompt {
      message = asText(message);
    }
  }

  /**
   * Tell the model something while a run is active, after the tools that run now. An idle pi keeps
   * it for its next run.
   *
   * @param message as for {@link Prompt}
   */
  record Steer(String message) implements PiCommand {
    /** Takes care of {@code message}'s first character. */
    public Steer {
      message = asText(message);
    }
  }

  /** Stop the run; answered when it has stopped. A no-op before the prompt was answered. */
  record Abort() implements PiCommand {}

  /** Forget what waits to be told to the model. */
  record ClearQueue() implements PiCommand {}

  /** Say which model is used and whether a run is active. */
  record GetState() implements PiCommand {}

  /** Say what the session has used. */
  record GetSessionStats() implements PiCommand {}

  /** Say the last answer. */
  record GetLastAssistantText() implements PiCommand {}

  /** Say which commands extensions brought. */
  record GetCommands() implements PiCommand {}

  /** Take back the dialog {@code id}. */
  record CancelDialog(String id) implements PiCommand {}

  private static String asText(String message) {
    return !message.isEmpty() && "/!@".indexOf(message.charAt(0)) >= 0 ? " " + message : message;
  }
}

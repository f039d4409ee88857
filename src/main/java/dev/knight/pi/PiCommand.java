package dev.knight.pi;

import java.util.Optional;

/** What pi is told to do; only the commands that knight uses. */
public sealed interface PiCommand {

  /**
   * Ask the model.
   *
   * @param message never starts with {@code /}, {@code !} or {@code @}, which pi would obey
   * @param whileBusy what becomes of it while a run is active; without one pi refuses it then
   */
  record Prompt(String message, Optional<Busy> whileBusy) implements PiCommand {
    /** Takes care of {@code message}'s first character. */
    public Prompt {
      if (!message.isEmpty() && "/!@".indexOf(message.charAt(0)) >= 0) {
        message = " " + message;
      }
    }

    /** What is only asked when nothing runs. */
    public Prompt(String message) {
      this(message, Optional.empty());
    }
  }

  /** When a message reaches an agent that works. */
  enum Busy {
    /** After the tools that run now. */
    STEER,
    /** When it would stop. */
    FOLLOW_UP
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
}

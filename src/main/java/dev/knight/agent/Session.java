package dev.knight.agent;

import dev.knight.job.Price;
import dev.knight.job.Spent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One conversation with the agent. One prompt at a time; {@link #abort} may come from any thread.
 */
public interface Session extends AutoCloseable {

  /**
   * Asks, and waits until the agent has settled.
   *
   * @param key what this prompt is, as {@code implement 1} or {@code mend 2}: a key that the
   *     journal answers already is not asked again, its recorded answer is returned
   * @param text what is asked; whatever it starts with, pi takes it as text
   * @throws dev.knight.job.UnavailableException when pi died, or hung and hung again after it was
   *     brought back
   */
  Turn prompt(String key, String text);

  /** How often the agent hung, and was brought back or given up, since this session began. */
  default int hangs() {
    return 0;
  }

  /**
   * Tells {@code listener}, on a thread of the session's own, what the agent does from now on: one
   * short line each.
   */
  void watch(Consumer<String> listener);

  /**
   * Tells the agent something while it works; it hears it after the tools that run now. This renews
   * no limit of what it works on, and what it has not heard when that ends it never hears: {@link
   * #told} says so.
   *
   * @param key what it is, as for a prompt
   * @return false when it does not work, or cannot be told
   */
  default boolean steer(String key, String text) {
    return false;
  }

  /** How far what is called {@code key} has come; restarts do not forget it. */
  default Told told(String key) {
    return Told.NOT;
  }

  /** How far something that the agent is to hear has come. */
  enum Told {
    /** It does not know of it. */
    NOT,
    /** It hears it next, unless it ends before that. */
    WAITS,
    /** It heard it while it worked on something else. */
    HEARD,
    /** It was asked as a prompt of its own. */
    ASKED
  }

  /** Whether the prompt {@code key} was ever asked, answered or not; restarts do not forget it. */
  default boolean wasAsked(String key) {
    return false;
  }

  /** The key of the prompt that was asked last; restarts do not forget it. */
  default Optional<String> latest() {
    return Optional.empty();
  }

  /** Where the conversation stands, for {@link #goBack}; empty if that cannot be said. */
  default Optional<String> point() {
    return Optional.empty();
  }

  /**
   * Has the agent forget what was said after {@code point}. Its process ends, with all that it had
   * started, and another one begins. Who was interrupted does it again.
   *
   * @return false if there is no such point: then nothing is forgotten
   */
  default boolean goBack(String point) {
    return false;
  }

  /** Whether the prompt {@code key} was asked, and ended without an answer. */
  default boolean isUnanswered(String key) {
    return false;
  }

  /** Stops what the agent is doing; the waiting {@link #prompt} returns {@link Turn.Aborted}. */
  void abort();

  /** How this conversation was come by. */
  default Beginning beginning() {
    return Beginning.NEW;
  }

  /** How a conversation was come by. */
  enum Beginning {
    /** It is a new one. */
    NEW,
    /** Its agent had worked on, and was found. */
    FOUND,
    /** Its agent had ended, and goes on from what it had kept. */
    RESUMED
  }

  /**
   * What the model costs by pi's list, as a pi said that had just been started for the first time,
   * so that nothing of the agent's could have told it otherwise.
   */
  default Optional<Price> price() {
    return Optional.empty();
  }

  /** What the whole conversation has cost so far, by pi's own count, which is only a check. */
  Spent spent();

  /** What of {@link #spent} went into summing up the conversation, which is no work. */
  default Spent upkeep() {
    return Spent.NOTHING;
  }

  /** Ends the agent's process and everything it started. The session file stays. */
  void end();

  /** Lets go and leaves the agent's process running. */
  @Override
  void close();
}

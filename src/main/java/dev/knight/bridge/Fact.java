package dev.knight.bridge;

import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;

/** One thing that happened in a conversation. */
public sealed interface Fact {

  /** A bridge started pi; what ran before it runs no more. */
  record Started(long pid) implements Fact {}

  /**
   * pi is about to be asked.
   *
   * @param key what the prompt is
   * @param attempt how often that key was asked, counted from 1
   */
  record Prompted(String key, int attempt) implements Fact {}

  /** pi took or refused the prompt. */
  record Answered(String key, int attempt, PiResponse response) implements Fact {}

  /**
   * pi is told something while it works. It has it once it says so itself, with the same text as a
   * user's message; what it has not taken when its run settles is taken back.
   *
   * @param key what it is, as for a prompt
   * @param text as pi is told it, shortened as pi's own messages are
   */
  record Steered(String key, String text) implements Fact {}

  /** pi told something that matters, shortened where it was long. */
  record Said(PiRecord record) implements Fact {}

  /**
   * pi ended.
   *
   * @param code its exit code; 128 and the number of the signal, if one killed it
   * @param stderr the last it wrote there
   */
  record Exited(int code, String stderr) implements Fact {}

  /** What another version of knight wrote. */
  record Unknown(String kind) implements Fact {}
}

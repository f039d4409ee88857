package dev.knight.job;

import java.util.Optional;

/** How far people and knight have agreed on what is to be done, before it is done. */
public sealed interface Plan {

  /** Nobody asked for a plan. */
  record None() implements Plan {}

  /** A plan is to be made first. */
  record Wanted() implements Plan {}

  /**
   * A plan waits for a person.
   *
   * @param text what the person is shown
   */
  record Proposed(String text) implements Plan {
    private static final int WORDS = 1_000;

    /** The same, agreed to by {@code who}, who may have said something with it. */
    Approved agreed(String who, Optional<String> words) {
      String said = words.map(text -> "\n\n" + who + " agreed, and said: " + head(text)).orElse("");
      return new Approved(text + said, who);
    }

    private static String head(String words) {
      String line = words.strip().replaceAll("\\s+", " ");
      return line.length() <= WORDS ? line : line.substring(0, WORDS) + "…";
    }
  }

  /**
   * A person agreed.
   *
   * @param text what was agreed on
   * @param by who agreed: a login, or the command that did
   */
  record Approved(String text, String by) implements Plan {}
}

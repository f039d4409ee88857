package dev.knight.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private static final int MARK = 7;

    /** What tells it from any other plan, for people: it changes with each word of the text. */
    public String mark() {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, MARK);
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("Every Java platform has SHA-256", missing);
      }
    }

    /** The same, agreed to by {@code who}, who may have said something with it. */
    Approved agreed(String who, Optional<String> words) {
      String said = words.map(text -> "\n\n" + who + " agreed, and said: " + head(text)).orElse("");
      return new Approved(text + said, who);
    }

    /**
     * Whether all of {@code words} becomes a part of the plan that somebody agrees to with them.
     */
    public static boolean holds(String words) {
      return line(words).length() <= WORDS;
    }

    private static String head(String words) {
      return holds(words) ? line(words) : line(words).substring(0, WORDS) + "…";
    }

    private static String line(String words) {
      return words.strip().replaceAll("\\s+", " ");
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

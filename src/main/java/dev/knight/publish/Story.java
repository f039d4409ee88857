package dev.knight.publish;

import java.util.List;

/**
 * What its author says of a change. All of it is Markdown from outside, and any part may be empty.
 *
 * @param summary all in one; for whoever has the parts it says nothing new
 * @param why what was wrong or missing
 * @param what what changed
 * @param decisions what was decided, and what else could have been done
 * @param assumptions what was taken for granted, a sentence each
 * @param risks what may go wrong with it
 * @param leftOut what it does not do
 */
public record Story(
    String summary,
    String why,
    String what,
    String decisions,
    List<String> assumptions,
    String risks,
    String leftOut) {
  /** Keeps its own copy. */
  public Story {
    assumptions = List.copyOf(assumptions);
  }

  /** One that is not told in parts. */
  public static Story of(String summary) {
    return new Story(summary, "", "", "", List.of(), "", "");
  }

  /** The same with another summary. */
  public Story summarised(String other) {
    return new Story(other, why, what, decisions, assumptions, risks, leftOut);
  }

  /** The same with what was taken for granted. */
  public Story assuming(List<String> sentences) {
    return new Story(summary, why, what, decisions, sentences, risks, leftOut);
  }

  /** Whether it is told in parts. */
  boolean isParted() {
    return !why.isBlank() || !what.isBlank();
  }
}

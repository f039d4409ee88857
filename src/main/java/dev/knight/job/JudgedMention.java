package dev.knight.job;

/**
 * A mention with what intake decided about it.
 *
 * @param open whether its issue or pull request was open then
 */
public record JudgedMention(Mention mention, Verdict verdict, boolean open) {
  /** One under something open. */
  public JudgedMention(Mention mention, Verdict verdict) {
    this(mention, verdict, true);
  }
}

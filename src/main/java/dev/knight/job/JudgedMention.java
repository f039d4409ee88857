package dev.knight.job;

import java.util.List;

/**
 * A mention with what intake decided about it.
 *
 * @param open whether its issue or pull request was open then
 * @param remarks what it says on single lines, if it is a review
 */
public record JudgedMention(Mention mention, Verdict verdict, boolean open, List<Remark> remarks) {
  public JudgedMention {
    remarks = List.copyOf(remarks);
  }

  /** One that says nothing on single lines. */
  public JudgedMention(Mention mention, Verdict verdict, boolean open) {
    this(mention, verdict, open, List.of());
  }

  /** One under something open. */
  public JudgedMention(Mention mention, Verdict verdict) {
    this(mention, verdict, true);
  }
}

package dev.knight.fake;

import dev.knight.gateway.Meter;
import dev.knight.job.Spent;

/** A meter that counts what a test says. */
public final class FakeMeter implements Meter {
  private Spent spent = Spent.NOTHING;
  private Spent estimated = Spent.NOTHING;

  /** The job has used {@code more}. */
  public synchronized void counts(Spent more) {
    spent = spent.plus(more);
  }

  /** The job has used {@code more}, as far as anybody knows. */
  public synchronized void guesses(Spent more) {
    counts(more);
    estimated = estimated.plus(more);
  }

  @Override
  public synchronized Spent spent() {
    return spent;
  }

  @Override
  public synchronized Spent spent(String conversation) {
    return spent;
  }

  @Override
  public synchronized Spent estimated(String conversation) {
    return estimated;
  }
}

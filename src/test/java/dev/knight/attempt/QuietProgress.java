package dev.knight.attempt;

import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;

/** Takes no notice of what a test does not ask about. */
abstract class QuietProgress implements Progress {
  @Override
  public void tell(String kind, String text) {}

  @Override
  public void enter(Step step) {}

  @Override
  public void spent(Spent total) {}

  @Override
  public void branch(String name) {}

  @Override
  public void works(Side side) {}

  @Override
  public void onBeat(Runnable look) {}

  @Override
  public void onCancel(Runnable stop) {}
}

package dev.knight.fake;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import java.util.List;

/** A scheduler that never ticks, and knows whether it would. */
public final class FakeScheduler implements Scheduler {
  private volatile boolean running;

  @Override
  public boolean isStarted() {
    return true;
  }

  @Override
  public void pause() {
    running = false;
  }

  @Override
  public void resume() {
    running = true;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public List<Trigger> getScheduledJobs() {
    return List.of();
  }

  @Override
  public String implementation() {
    return "fake";
  }

  @Override
  public void pause(String identity) {
    throw one();
  }

  @Override
  public void resume(String identity) {
    throw one();
  }

  @Override
  public boolean isPaused(String identity) {
    throw one();
  }

  @Override
  public Trigger getScheduledJob(String identity) {
    throw one();
  }

  @Override
  public JobDefinition<?> newJob(String identity) {
    throw one();
  }

  @Override
  public Trigger unscheduleJob(String identity) {
    throw one();
  }

  private static AssertionError one() {
    return new AssertionError("no task is told apart from the others");
  }
}

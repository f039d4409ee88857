package dev.knight.fake;

import dev.knight.gateway.Allowance;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
import dev.knight.job.JobId;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import java.net.URI;

/** The way to the model where nobody goes it. */
public final class NoModel implements ModelAccess {
  @Override
  public Meter meter(JobId job) {
    throw taken();
  }

  @Override
  public void open(String conversation, int attempt, Allowance allowance) {
    throw taken();
  }

  @Override
  public void close(String conversation) {
    throw taken();
  }

  @Override
  public URI addressFor(String conversation) {
    throw taken();
  }

  @Override
  public Secret tokenFor(String conversation, int attempt) {
    throw taken();
  }

  @Override
  public void quote(String model, Price price) {
    throw taken();
  }

  private static AssertionError taken() {
    return new AssertionError("nobody asks the model here");
  }
}

package dev.knight.gateway;

import dev.knight.job.JobId;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import java.net.URI;

/** The conversations that may ask the model, how, and what they use. */
public interface ModelAccess {
  /** What {@code job} has used, in all its conversations and attempts, and goes on to use. */
  Meter meter(JobId job);

  /**
   * Lets {@code conversation} in, until it is closed. Opening it again changes its allowance.
   *
   * @param conversation its job's number, which a dash and letters, digits and dashes may follow
   * @param attempt the job's attempt: with another one comes another token, so that a token is
   *     worth nothing once its job has ended, even if the job is tried again
   * @param allowance what the job may still use
   */
  void open(String conversation, int attempt, Allowance allowance);

  /** Turns {@code conversation} away from now on; an answer under way is still told to its end. */
  void close(String conversation);

  /**
   * The base URL that pi is given for {@code conversation}, whatever the provider. It is the same
   * after a restart where the port is.
   *
   * @throws IllegalStateException while knight listens on no port
   */
  URI addressFor(String conversation);

  /**
   * What pi shows as its key: good at this gateway, for this conversation, while it is open for
   * {@code attempt}.
   */
  Secret tokenFor(String conversation, int attempt);

  /**
   * Takes {@code price} for {@code model} where the settings have none. The first that is sane
   * stays: what comes later is not heard.
   */
  void quote(String model, Price price);
}

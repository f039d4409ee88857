package dev.knight.gateway;

import dev.knight.job.Secret;
import java.net.URI;

/** The conversations that may ask the model, and how. */
public interface ModelAccess {
  /**
   * Lets {@code conversation} in, until it is closed. Opening it twice changes nothing.
   *
   * @param conversation letters, digits and dashes
   */
  void open(String conversation);

  /** Turns {@code conversation} away from now on; an answer under way is still told to its end. */
  void close(String conversation);

  /**
   * The base URL that pi is given for {@code conversation}, whatever the provider. It is the same
   * after a restart where the port is.
   *
   * @throws IllegalStateException while knight listens on no port
   */
  URI addressFor(String conversation);

  /** What pi shows as its key: good at this gateway, for this conversation, while it is open. */
  Secret tokenFor(String conversation);
}

package dev.knight.egress;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jboss.logging.Logger;

/**
 * A forward proxy for what runs in the jail: CONNECT for TLS, and plain GET and HEAD. It has no
 * port of its own; whoever listens gives it the connections.
 */
public final class EgressProxy {
  private static final Logger LOG = Logger.getLogger(EgressProxy.class);

  private final Internet internet;
  private final PublicAddresses addresses = new PublicAddresses();

  /** A proxy to {@code internet}. */
  public EgressProxy(Internet internet) {
    this.internet = internet;
  }

  /**
   * Serves {@code connection} as the {@code network} of its job allows, and closes it. Returns when
   * it is over, in any case within the network's caps; meant for a virtual thread, and for a
   * channel of the JDK in blocking mode, whose waiting costs none of the machine's threads.
   */
  public void serve(SocketChannel connection, JobNetwork network) {
    boolean admitted = network.enter();
    try (connection) {
      new Passage(internet, addresses, network, connection).run(admitted);
    } catch (IOException broken) {
      LOG.debugf(broken, "A connection from inside broke off");
    } finally {
      if (admitted) {
        network.leave();
      }
    }
  }
}

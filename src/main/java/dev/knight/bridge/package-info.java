/**
 * The small process that holds pi's standard streams and outlives the service. It starts pi on a
 * pair of sockets (never on pipes, into which whoever runs under pi could write), keeps what
 * matters in the journal and serves one Unix socket.
 *
 * <pre>
 *                 +-------------------- bridge ---------------------+
 *  BridgeClient   |  Connection --requests--&gt; Bridge --commands--&gt;  |  stdin
 *  agent, cli  ===|      ^                      |                   |==== pi
 *   (run/N.sock)  |      +-- entries, live -- Journal &lt;--records--  |  stdout
 *                 +-------------------- journal.jsonl, lock --------+
 * </pre>
 *
 * <p>What is said on the socket is in {@code docs/bridge-protocol.md}. Nothing here knows of the
 * service, of GitHub or of any secret.
 */
@NullMarked
package dev.knight.bridge;

import org.jspecify.annotations.NullMarked;

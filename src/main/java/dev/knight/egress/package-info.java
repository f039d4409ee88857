/**
 * The way from the jail to the network: a forward proxy that lets a job reach the hosts that were
 * chosen for it, by exact name and port, and nothing else.
 *
 * <pre>
 * inside -- CONNECT host:443 --&gt; RequestHead: what is asked?    JobNetwork: may the job?
 *                                Internet: which address?       PublicAddresses: is it a public one?
 *        -- ClientHello -------&gt; ClientHello: the same host?    Pump: both ways, counted
 * inside -- GET http://host/ --&gt; the same without TLS: one request for each connection, no body
 * </pre>
 */
@NullMarked
package dev.knight.egress;

import org.jspecify.annotations.NullMarked;

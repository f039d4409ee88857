package dev.knight.egress;

/** What a client asks of the proxy. */
sealed interface RequestHead {
  /** Where to. */
  Target target();

  /** A tunnel, for TLS. */
  record Tunnel(Target target) implements RequestHead {}

  /**
   * One plain request.
   *
   * @param text the head as it goes on: with a path alone, and without what is between client and
   *     proxy only
   */
  record Fetch(Target target, String text) implements RequestHead {}
}

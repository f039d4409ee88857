package dev.knight.egress;

import java.time.Duration;

/**
 * How much network is enough.
 *
 * @param connections a job's connections at a time
 * @param up bytes that one connection may send
 * @param down bytes that one connection may receive
 * @param jobUp bytes that all connections of a job may send
 * @param jobDown bytes that all connections of a job may receive
 * @param head how long a client may take for its request, and again for its first words of TLS
 * @param idle how long a connection may be silent
 * @param ebb the same once one side has ended
 * @param whole how long a connection may last
 */
public record Caps(
    int connections,
    long up,
    long down,
    long jobUp,
    long jobDown,
    Duration head,
    Duration idle,
    Duration ebb,
    Duration whole) {
  private static final long MIB = 1024 * 1024;

  /**
   * Enough for what package managers fetch. Little may be sent: whatever a job can send, it can
   * send to the wrong hands.
   */
  public static Caps standard() {
    return new Caps(
        64,
        8 * MIB,
        2048 * MIB,
        32 * MIB,
        8192 * MIB,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofHours(1));
  }
}

package dev.knight.cli;

/** A rehearsal of one job on this machine, with no account and no key. */
@FunctionalInterface
public interface Demo {
  /**
   * Plays it, and tells {@code terminal} what happens.
   *
   * @param keep whether its directory stays for a look
   * @return the exit code
   */
  int play(boolean keep, Terminal terminal);
}

package dev.knight;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Another process that takes a home's lock, says whether it got it, and keeps it until its input
 * ends.
 */
final class LockHolder {
  private LockHolder() {}

  public static void main(String... args) throws IOException {
    KnightHome home = new KnightHome(Path.of(args[0]));
    boolean isTaken =
        HomeLock.tryTake(home, "serve", Instant.parse("2026-11-22T10:00:00Z")).isPresent();
    System.out.println(isTaken ? "taken" : "refused");
    while (System.in.read() >= 0) {
      // what is said is of no interest, only that somebody is there
    }
  }
}

package dev.knight;

import io.quarkus.runtime.annotations.QuarkusMain;

/** Picks which of knight's three lives to lead: client, service or bridge. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Runs the command line {@code args} and ends the process with its exit code. */
  public static void main(String... args) {
    System.out.println("knight");
  }
}

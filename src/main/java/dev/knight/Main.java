package dev.knight;

import dev.knight.bridge.BridgeMain;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

/** Picks which of knight's three lives to lead: client, service or bridge. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Runs the command line {@code args} and ends the process with its exit code. */
  public static void main(String... args) {
    if (args.length == 2 && args[0].equals("bridge")) {
      System.exit(BridgeMain.run(Path.of(args[1])));
    }
    System.out.println("knight");
  }
}

package dev.knight.sandbox;

import java.io.IOException;
import java.util.List;

/** Runs programs confined. */
public interface Sandbox {
  /** The word for people: {@code bubblewrap} or {@code none}. */
  String name();

  /** Whether nothing is confined. */
  boolean isNone();

  /**
   * The command that runs the program of {@code cell} confined. What it needs is written into
   * {@link Cell#files()} first, and has to stay there until the program has begun.
   *
   * <p>The process dies with the thread that starts it: never start it from a virtual thread, nor
   * from one that ends before it.
   */
  List<String> command(Cell cell) throws IOException;
}

package dev.knight.doctor;

import java.io.Closeable;
import java.util.Optional;

/** The right to the home while no service runs: to open its store, to remove what one left. */
@FunctionalInterface
public interface Turn {
  /** It, to be given back; empty while somebody else has it. */
  Optional<Closeable> take();
}

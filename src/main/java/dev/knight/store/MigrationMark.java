package dev.knight.store;

import dev.knight.home.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lies beside the store while it is migrated, since H2 makes each statement of a migration lasting
 * at once. Whoever finds it goes back to what the store was before.
 *
 * @param file the mark
 */
record MigrationMark(Path file) {
  /** The mark of the store in {@code store}. */
  static MigrationMark of(Path store) {
    return new MigrationMark(store.resolveSibling("migrating"));
  }

  boolean isSet() {
    return Files.exists(file);
  }

  /**
   * @param copy what the store was before; a new store was nothing
   */
  void set(Optional<Path> copy) {
    try {
      byte[] named = copy.map(Path::toString).orElse("").getBytes(StandardCharsets.UTF_8);
      WholeFile.write(file, to -> to.write(named));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** What {@link #set} was told. */
  Optional<Path> copy() {
    try {
      String named = Files.readString(file);
      return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}

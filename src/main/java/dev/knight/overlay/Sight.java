package dev.knight.overlay;

import java.nio.file.Path;

/** A directory as it is seen from outside, for as long as this is open. */
public final class Sight implements AutoCloseable {
  private final Path path;
  private final Runnable end;

  Sight(Path path, Runnable end) {
    this.path = path;
    this.end = end;
  }

  /** Of a {@code directory} that has all of its files itself. */
  public static Sight plain(Path directory) {
    return new Sight(directory, () -> {});
  }

  /** By which all files are reached, to read them and to write them. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    end.run();
  }
}

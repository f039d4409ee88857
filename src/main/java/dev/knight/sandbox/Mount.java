package dev.knight.sandbox;

import java.nio.file.Path;

/**
 * A path outside, seen at a path inside. A link to a file is seen as that link; then what it leads
 * to has to be seen as well.
 *
 * @param outside absolute, and there when the program begins
 * @param inside absolute
 */
public record Mount(Access access, Path outside, Path inside) {
  /** What may be done with it inside. */
  public enum Access {
    READ_ONLY,
    WRITABLE
  }

  public Mount {
    if (!outside.isAbsolute() || !inside.isAbsolute()) {
      throw new IllegalArgumentException(
          "A mount's paths are absolute: " + outside + ", " + inside);
    }
    inside = inside.normalize();
  }

  /** {@code path}, seen at its own place, for reading. */
  public static Mount readOnly(Path path) {
    return new Mount(Access.READ_ONLY, path, path);
  }

  /** {@code path}, seen at its own place, for writing. */
  public static Mount writable(Path path) {
    return new Mount(Access.WRITABLE, path, path);
  }
}

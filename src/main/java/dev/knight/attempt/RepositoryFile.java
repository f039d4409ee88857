package dev.knight.attempt;

import dev.knight.job.RefusedException;
import java.util.Optional;

/** A repository's {@code .knight.yml}, for those who only want to know whether it can be read. */
public final class RepositoryFile {
  private RepositoryFile() {}

  /** What is wrong with {@code text}, as a sentence without its full stop; empty if nothing is. */
  public static Optional<String> complaint(String text) {
    try {
      RepositoryConfig.parse(text);
      return Optional.empty();
    } catch (RefusedException broken) {
      return Optional.of(String.valueOf(broken.getMessage()));
    }
  }
}

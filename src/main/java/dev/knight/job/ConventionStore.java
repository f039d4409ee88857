package dev.knight.job;

import java.util.List;
import java.util.Optional;

/** Where the conventions of repositories are kept. Methods block; any thread may call them. */
public interface ConventionStore {

  /** All of {@code repository}, or of every repository; the oldest first. */
  List<Convention> all(Optional<RepositoryName> repository);

  /** The one with that number. */
  Optional<Convention> find(long id);

  /**
   * Keeps a new one under a number of its own, or finds the one that was learnt from the same
   * correction and says the same.
   */
  Convention keep(Convention learnt);

  /**
   * Puts {@code after} in the place of {@code before}.
   *
   * @return false if it is not {@code before} any more: then nothing was written
   */
  boolean replace(Convention before, Convention after);
}

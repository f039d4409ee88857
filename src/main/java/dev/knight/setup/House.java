package dev.knight.setup;

import dev.knight.job.Secret;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.systemd.KnightUnit;
import java.nio.file.Path;
import java.util.Map;

/** What setup needs of the rest of the program. */
public interface House {
  /**
   * What a text of {@code knight.yml} says, by key; a list is joined by commas.
   *
   * @throws dev.knight.job.MisconfiguredException naming the line that is wrong
   */
  Map<String, String> read(String text);

  /**
   * The secret in {@code file}.
   *
   * @param flag what named it
   * @throws dev.knight.job.MisconfiguredException if it is not there, or open to others
   */
  Secret secret(String flag, Path file);

  /**
   * The jail of this machine, not yet tried.
   *
   * @throws dev.knight.job.MisconfiguredException when there is nothing to make one with
   */
  Bubblewrap jail();

  /** Whether a service holds the home. */
  boolean isServing();

  /** knight as a service of the user's systemd. */
  KnightUnit unit();

  /**
   * Serves here until it is told to end.
   *
   * @param welcome is printed once it serves
   * @return the exit code
   */
  int serve(String welcome);
}

package dev.knight.job;

import java.nio.file.Path;

/** Copies of the store, for the day on which it is lost. */
public interface Backups {
  /**
   * Makes a copy for a person, who is to move it away: it is not kept for long.
   *
   * @return the copy's file, whole and on the disk
   * @throws MisconfiguredException if it cannot be written
   */
  Path make();

  /** Makes the copy of this day, unless there is one. One that cannot be written is told of. */
  void daily();
}

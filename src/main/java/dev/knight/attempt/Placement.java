package dev.knight.attempt;

import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job's worktree, and what has been done in it so far. */
final class Placement {
  private final KnightHome home;

  Placement(KnightHome home) {
    this.home = home;
  }

  /**
   * The worktree of {@code job}, or a new one from {@code start}. In a new one nothing has been
   * done, whatever was done in one that is gone.
   */
  Worktree worktree(Mirror mirror, JobId job, Commit start) {
    if (mirror.worktree(job).isEmpty()) {
      try {
        Files.deleteIfExists(home.setupMark(job));
        Files.deleteIfExists(home.checks(job));
      } catch (IOException shut) {
        throw unwritable(shut);
      }
    }
    return mirror.worktree(job, start);
  }

  /** Whether the setup command has run in the worktree, to its end. */
  boolean isSetUp(JobId job) {
    return Files.exists(home.setupMark(job));
  }

  /** The setup command has run. */
  void setUp(JobId job, String command) {
    Path mark = home.setupMark(job);
    try {
      home.make(home.run());
      Files.writeString(mark, command);
    } catch (IOException full) {
      throw unwritable(full);
    }
  }

  private static UnavailableException unwritable(IOException cause) {
    return new UnavailableException("knight's home cannot be written.", cause);
  }
}

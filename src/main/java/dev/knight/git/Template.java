package dev.knight.git;

import java.nio.file.Path;

/**
 * The files of one commit, kept, and what git's own index would say of them. Worktrees lie over it.
 *
 * @param directory of both, named after the commit
 */
record Template(Path directory) {
  /** Its files. */
  Path files() {
    return directory.resolve("files");
  }

  /** What git's own index would say of them. */
  Path index() {
    return directory.resolve("index");
  }
}

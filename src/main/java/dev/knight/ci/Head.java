package dev.knight.ci;

import dev.knight.job.RepositoryName;
import java.util.Set;

/**
 * The head of a pull request whose checks are red.
 *
 * @param commit the commit
 * @param base the branch that the pull request goes to
 * @param own whether knight made the commit
 * @param passed the commands that passed on exactly this commit when knight ran them
 */
record Head(
    RepositoryName repository, String commit, String base, boolean own, Set<String> passed) {
  Head {
    passed = Set.copyOf(passed);
  }

  /** As much of the commit's name as people use. */
  String shortCommit() {
    return commit.substring(0, Math.min(10, commit.length()));
  }
}

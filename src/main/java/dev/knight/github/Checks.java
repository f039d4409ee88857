package dev.knight.github;

import dev.knight.job.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What checks the commits of a repository, from the three places in which GitHub keeps it. Each
 * list is whole, and asked for conditionally: what has not changed costs nothing.
 *
 * <p>Where a list is empty as an {@link Optional}, the token may not read it (a fine-grained one
 * may never read check runs), or GitHub has no such list there. Exceptions are those of {@link
 * GitHub}.
 */
public interface Checks {

  /** The check runs of a commit, or of the head of a branch; of each check the last one. */
  Optional<List<CheckRun>> runs(RepositoryName repository, String commit);

  /** All runs of the check {@code name} on a commit, those that others have replaced as well. */
  List<CheckRun> tries(RepositoryName repository, String commit, String name);

  /** The statuses of a commit, of each context the last one. */
  Optional<List<CommitStatus>> statuses(RepositoryName repository, String commit);

  /** The runs of Actions on a commit. */
  Optional<List<WorkflowRun>> workflows(RepositoryName repository, String commit);

  /** The commit at the head of a branch, or empty if there is no such branch. */
  Optional<String> head(RepositoryName repository, String branch);

  /** The jobs of a run of Actions, each in its last try. */
  List<WorkflowJob> jobs(RepositoryName repository, long run);

  /** The end of what a job of Actions printed, or empty if GitHub does not have it any more. */
  Optional<String> log(RepositoryName repository, long job);

  /** The remarks on lines that a check run has made, one line each. */
  List<String> annotations(RepositoryName repository, long checkRun);

  /**
   * The names of the checks that {@code branch} requires, by its protection or a rule; empty if it
   * requires none.
   */
  Set<String> required(RepositoryName repository, String branch);

  /**
   * Runs the failed jobs of a run of Actions once more.
   *
   * @return whether GitHub does; it does not run again what is old, or runs already
   */
  boolean rerun(RepositoryName repository, long run);
}

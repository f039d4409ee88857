package dev.knight.job;

import java.net.URI;

/** Offers what knight has learnt to the people of a repository. */
public interface ConventionProposals {
  /**
   * Opens a pull request that writes the confirmed conventions of {@code repository} into its
   * {@code AGENTS.md}, or finds the open one that says the same.
   *
   * @return its page
   * @throws RefusedException when there is nothing to propose, or GitHub will not have it
   */
  URI propose(RepositoryName repository);
}

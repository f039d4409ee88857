package dev.knight.job;

import java.util.Optional;

/** Takes requests that come by hand, from {@code knight enqueue} and {@code knight run}. */
public interface HandRequests {
  /**
   * Accepts a request for the issue or pull request at {@code url}.
   *
   * @param text what is wanted; without it, what the issue says
   * @return the job that it made or joined
   * @throws RefusedException if the issue is not there, or not in a repository of this knight
   */
  Job enqueue(IssueUrl url, Optional<String> text);
}

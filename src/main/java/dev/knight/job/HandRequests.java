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
  default Job enqueue(IssueUrl url, Optional<String> text) {
    return enqueue(url, text, Optional.empty());
  }

  /**
   * The same; a request whose key was accepted before is not made again.
   *
   * @throws RefusedException as well if the key is another request's
   */
  Job enqueue(IssueUrl url, Optional<String> text, Optional<RequestKey> key);
}

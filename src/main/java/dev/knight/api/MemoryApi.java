package dev.knight.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What knight keeps in mind of repositories. A number that no convention has is a {@link
 * NoSuchJobException}.
 */
public interface MemoryApi {
  /** Where it stands on the server. */
  String PATH = "/api/v1/memory";

  /** Where proposals are asked for. */
  String PROPOSALS = "/api/v1/proposals";

  /**
   * The candidates and what is confirmed, oldest first.
   *
   * @param repository {@code owner/name}; null for all
   */
  List<ConventionView> conventions(@Nullable String repository);

  /** Jobs are told of it from now on. */
  ConventionView confirm(long id);

  /** It says {@code request} from now on, and is confirmed. */
  ConventionView edit(long id, @Nullable RuleRequest request);

  /** It holds no more. */
  ConventionView forget(long id);

  /** Offers what is confirmed to {@code owner/name} by a pull request to its AGENTS.md. */
  ProposalView propose(String owner, String name);
}

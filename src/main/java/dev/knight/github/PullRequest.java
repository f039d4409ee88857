package dev.knight.github;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.util.Optional;

/**
 * A pull request.
 *
 * @param subject its repository and number
 * @param nodeId GitHub's node id
 * @param headRepository where its branch lies, or empty when that fork is gone
 * @param headRef its branch, without {@code refs/heads/}
 * @param headSha the commit that its branch is at
 * @param baseRef the branch that it is to be merged into
 * @param open whether it is neither merged nor closed
 * @param merged whether it has been merged
 * @param draft whether it says that it is not ready
 * @param mergeable whether it goes together with its base; empty where GitHub has not said
 * @param author who opened it, or empty when the account is gone
 * @param body its text, at most {@link Comment#MAX_TEXT} characters
 * @param link its page
 */
public record PullRequest(
    Subject subject,
    String nodeId,
    Optional<RepositoryName> headRepository,
    String headRef,
    String headSha,
    String baseRef,
    boolean open,
    boolean merged,
    boolean draft,
    Optional<Boolean> mergeable,
    Optional<Account> author,
    String body,
    URI link) {}

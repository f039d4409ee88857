package dev.knight.github;

import dev.knight.job.RepositoryName;
import java.time.Instant;

/**
 * That something about an issue or pull request changed, wherever it is.
 *
 * @param repository where it is, which may be none of knight's
 */
public record Change(String nodeId, RepositoryName repository, Instant updatedAt)
    implements Dated {}

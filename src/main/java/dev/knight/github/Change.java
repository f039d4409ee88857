package dev.knight.github;

import dev.knight.job.RepositoryName;
import java.time.Instant;
import java.util.Optional;

/**
 * That something about an issue or pull request changed, wherever it is.
 *
 * @param repository where it is, which may be none of knight's; empty where none of knight's can be
 */
public record Change(String nodeId, Optional<RepositoryName> repository, Instant updatedAt)
    implements Dated {}

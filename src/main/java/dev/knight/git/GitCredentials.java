package dev.knight.git;

import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import java.util.Optional;

/** Who knows the token for a repository. Asked before each fetch and push: tokens expire. */
@FunctionalInterface
public interface GitCredentials {
  /** The token that opens {@code repository}; empty where none is needed. */
  Optional<Secret> token(RepositoryName repository);
}

package dev.knight.store;

import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code repository}. */
@Singleton
final class RepositoryRows implements PanacheRepositoryBase<RepositoryRow, String> {
  Optional<RepositoryConfigCopy> configuration(RepositoryName repository) {
    return findByIdOptional(repository.key()).map(RepositoryRow::toCopy);
  }

  void configuration(RepositoryName repository, RepositoryConfigCopy copy) {
    getEntityManager().merge(new RepositoryRow(repository, copy));
  }
}

package dev.knight.store;

import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code stream}. */
@Singleton
final class StreamRows implements PanacheRepositoryBase<StreamRow, Long> {
  Optional<StreamRow> one(RepositoryName repository, StreamKind kind) {
    return find("repositoryKey = ?1 and kind = ?2", repository.key(), kind.name())
        .firstResultOptional();
  }

  void move(RepositoryName repository, StreamKind kind, StreamAnchor anchor) {
    one(repository, kind)
        .ifPresentOrElse(
            row -> row.moveTo(anchor), () -> persist(new StreamRow(repository, kind, anchor)));
  }
}

package dev.knight.store;

import dev.knight.job.Convention;
import dev.knight.job.RepositoryName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Table {@code convention}. */
@Singleton
final class ConventionRows implements PanacheRepositoryBase<ConventionRow, Long> {
  List<ConventionRow> of(RepositoryName repository) {
    return list("repositoryKey = ?1 order by id", repository.key());
  }

  List<ConventionRow> all() {
    return list("order by id");
  }

  Optional<ConventionRow> like(Convention learnt) {
    return find(
            "repositoryKey = ?1 and sourceKey = ?2 and rule = ?3",
            learnt.repository().key(),
            Columns.line(learnt.key(), Columns.TITLE),
            Columns.line(learnt.rule(), Convention.LONGEST))
        .firstResultOptional();
  }
}

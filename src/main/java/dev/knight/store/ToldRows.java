package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JobStore.Told;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code told}. */
@Singleton
final class ToldRows implements PanacheRepositoryBase<ToldRow, Long> {
  Optional<Told> last(JobId job) {
    return findByIdOptional(job.value()).map(ToldRow::toTold);
  }

  void told(JobId job, Told told) {
    getEntityManager().merge(new ToldRow(job, told));
  }
}

package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Assumption;
import dev.knight.job.JobId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Table {@code assumption}. */
@Singleton
final class AssumptionRows implements PanacheRepositoryBase<AssumptionRow, Long> {
  private final Redactor redactor;

  AssumptionRows(Redactor redactor) {
    this.redactor = redactor;
  }

  void keep(JobId job, List<Assumption> assumptions) {
    for (Assumption assumption : assumptions) {
      Optional<AssumptionRow> row =
          find("jobId = ?1 and place = ?2", job.value(), assumption.number()).firstResultOptional();
      row.ifPresentOrElse(
          held -> held.become(assumption),
          () -> persist(new AssumptionRow(job, assumption, redactor)));
    }
  }

  /** Whether {@code job} went on with something that nobody has said anything to. */
  boolean areOpen(JobId job) {
    return count("jobId = ?1 and fate = 'OPEN'", job.value()) > 0;
  }

  List<Assumption> of(JobId job) {
    return list("jobId = ?1 order by place", job.value()).stream()
        .map(AssumptionRow::toAssumption)
        .toList();
  }
}

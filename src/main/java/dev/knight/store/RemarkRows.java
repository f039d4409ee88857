package dev.knight.store;

import dev.knight.job.Remark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;

/** Table {@code remark}. */
@Singleton
final class RemarkRows implements PanacheRepositoryBase<RemarkRow, Long> {
  void keep(String review, List<Remark> remarks) {
    remarks.forEach(remark -> persist(new RemarkRow(review, remark)));
  }

  List<RemarkRow> of(String review) {
    return list("review = ?1 order by id", review);
  }
}

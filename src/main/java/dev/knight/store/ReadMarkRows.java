package dev.knight.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Table {@code read_mark}. */
@Singleton
final class ReadMarkRows implements PanacheRepositoryBase<ReadMarkRow, String> {
  OptionalLong of(String reader) {
    return findByIdOptional(reader)
        .map(row -> LongStream.of(row.event()))
        .orElseGet(LongStream::empty)
        .findFirst();
  }

  void move(String reader, long event) {
    getEntityManager().merge(new ReadMarkRow(reader, event));
  }
}

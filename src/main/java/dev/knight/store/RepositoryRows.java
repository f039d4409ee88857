package dev.knight.store;

import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code repository}. */
@Singleton
final class RepositoryRows {
  private final Sql sql;

  RepositoryRows(Sql sql) {
    this.sql = sql;
  }

  Optional<RepositoryConfigCopy> configuration(RepositoryName repository) {
    return sql.first(
        row -> new RepositoryConfigCopy(row.text("config"), row.text("reported")),
        "select config, reported from repository where repository_key = ?",
        repository.key());
  }

  /**
   * @throws IllegalArgumentException if the file does not fit, as half of it would mean another
   *     thing
   */
  void configuration(RepositoryName repository, RepositoryConfigCopy copy) {
    if (copy.text().length() > Columns.TEXT) {
      throw new IllegalArgumentException(
          "The .knight.yml of %s has more than %d characters".formatted(repository, Columns.TEXT));
    }
    sql.put(
        "repository",
        Cells.of("repository_key", repository.key()),
        Cells.of("config", copy.text()).and("reported", copy.reported()));
  }
}

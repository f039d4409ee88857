package dev.knight.store;

import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code stream}. */
@Singleton
final class StreamRows {
  private final Sql sql;

  StreamRows(Sql sql) {
    this.sql = sql;
  }

  Optional<StreamAnchor> one(RepositoryName repository, StreamKind kind) {
    return sql.first(
        row -> new StreamAnchor(row.time("since"), row.maybeText("etag")),
        "select since, etag from stream where repository_key = ? and kind = ?",
        repository.key(),
        kind);
  }

  void move(RepositoryName repository, StreamKind kind, StreamAnchor anchor) {
    Cells cells = Cells.of("since", anchor.since()).and("etag", anchor.etag());
    if (sql.update("stream", cells, "repository_key = ? and kind = ?", repository.key(), kind)
        == 0) {
      sql.add("stream", cells.and("repository_key", repository.key()).and("kind", kind));
    }
  }
}

package dev.knight.store;

import dev.knight.job.RepositoryName;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a stream has been read, as it lies in table {@code stream}. */
@Entity
@Table(name = "stream")
@SuppressWarnings("UnusedVariable") // queries ask for its key
class StreamRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "stream_seq")
  @SequenceGenerator(name = "stream_seq", sequenceName = "stream_seq", allocationSize = 1)
  private long id;

  @Column(name = "repository_key")
  private String repositoryKey;

  private String kind;
  private Instant since;
  private @Nullable String etag;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected StreamRow() {}

  StreamRow(RepositoryName repository, StreamKind kind, StreamAnchor anchor) {
    this.repositoryKey = repository.key();
    this.kind = kind.name();
    this.since = Columns.time(anchor.since());
    this.etag = anchor.etag().orElse(null);
  }

  void moveTo(StreamAnchor anchor) {
    since = Columns.time(anchor.since());
    etag = anchor.etag().orElse(null);
  }

  StreamAnchor toAnchor() {
    return new StreamAnchor(since, Optional.ofNullable(etag));
  }
}

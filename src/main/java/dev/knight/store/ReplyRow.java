package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.JobId;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A reply as it lies in table {@code reply}. */
@Entity
@Table(name = "reply")
class ReplyRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "reply_seq")
  @SequenceGenerator(name = "reply_seq", sequenceName = "reply_seq", allocationSize = 1)
  private long id;

  @Column(name = "reply_key")
  private String replyKey;

  @Column(name = "job_id")
  private @Nullable Long jobId;

  private String repository;

  @Column(name = "issue_number")
  private long issueNumber;

  @Column(name = "review_thread")
  private @Nullable Long thread;

  private String body;
  private String state;

  @Column(name = "external_id")
  private @Nullable Long externalId;

  private @Nullable String link;

  @Column(name = "planned_at")
  private Instant plannedAt;

  @Column(name = "begun_at")
  private @Nullable Instant begunAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ReplyRow() {}

  @SuppressWarnings("NullAway.Init") // become sets the other half
  ReplyRow(Reply reply, Redactor redactor) {
    replyKey = reply.key();
    jobId = reply.job().map(JobId::value).orElse(null);
    repository = reply.subject().repository().toString();
    issueNumber = reply.subject().number();
    thread = reply.thread().isPresent() ? reply.thread().getAsLong() : null;
    body = Columns.text(redactor.text(reply.body()), Columns.REPLY);
    plannedAt = Columns.time(reply.plannedAt());
    become(reply);
  }

  /** Takes over what came of it. */
  void become(Reply reply) {
    state = reply.state().name();
    externalId = reply.comment().isPresent() ? reply.comment().getAsLong() : null;
    link = reply.link().map(URI::toString).orElse(null);
    begunAt = reply.begunAt().map(Columns::time).orElse(null);
  }

  Reply toReply() {
    return new Reply(
        replyKey,
        Optional.ofNullable(jobId).map(JobId::new),
        new Subject(RepositoryName.parse(repository), issueNumber),
        number(thread),
        body,
        Effect.State.valueOf(state),
        number(externalId),
        Optional.ofNullable(link).map(URI::create),
        plannedAt,
        Optional.ofNullable(begunAt));
  }

  private static OptionalLong number(@Nullable Long column) {
    return column == null ? OptionalLong.empty() : OptionalLong.of(column);
  }
}

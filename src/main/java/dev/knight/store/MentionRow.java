package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
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
import org.jspecify.annotations.Nullable;

/** A mention as it lies in table {@code mention}. */
@Entity
@Table(name = "mention")
class MentionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "mention_seq")
  @SequenceGenerator(name = "mention_seq", sequenceName = "mention_seq", allocationSize = 1)
  private long id;

  @Column(name = "node_id")
  private String nodeId;

  private String repository;

  @Column(name = "issue_number")
  private long issueNumber;

  private String source;

  @Column(name = "source_id")
  private long sourceId;

  @Column(name = "author_id")
  private long authorId;

  @Column(name = "author_login")
  private String authorLogin;

  private String title;
  private String text;
  private String link;

  @Column(name = "written_at")
  private Instant writtenAt;

  @Column(name = "report_author_id")
  private @Nullable Long reportAuthorId;

  @Column(name = "report_author_login")
  private @Nullable String reportAuthorLogin;

  @Column(name = "report_text")
  private @Nullable String reportText;

  private String wish;

  @Column(name = "kept_at")
  private Instant keptAt;

  private String verdict;

  @Column(name = "job_id")
  private @Nullable Long jobId;

  @SuppressWarnings("UnusedVariable") // MentionRows asks for it
  private boolean founding;

  private boolean delivered;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected MentionRow() {}

  MentionRow(JudgedMention judged, Instant now) {
    Mention mention = judged.mention();
    nodeId = mention.nodeId();
    repository = mention.subject().repository().toString();
    issueNumber = mention.subject().number();
    source = mention.source().name();
    sourceId = mention.sourceId();
    authorId = mention.author().id();
    authorLogin = mention.author().login();
    title = Columns.text(mention.title(), Columns.TITLE);
    text = Columns.text(mention.text(), Columns.TEXT);
    link = mention.link().toString();
    writtenAt = Columns.time(mention.at());
    mention.report().ifPresent(this::standUnder);
    wish = mention.order().name();
    keptAt = Columns.time(now);
    verdict = judged.verdict().name();
  }

  private void standUnder(Mention.Report report) {
    reportAuthorId = report.author().id();
    reportAuthorLogin = report.author().login();
    reportText = Columns.text(report.text(), Columns.TEXT);
  }

  private Optional<Mention.Report> report() {
    return reportAuthorId == null || reportAuthorLogin == null || reportText == null
        ? Optional.empty()
        : Optional.of(
            new Mention.Report(new Person(reportAuthorId, reportAuthorLogin), reportText));
  }

  /** The new job {@code job} is made for it. */
  void found(JobId job) {
    jobId = job.value();
    founding = true;
  }

  /** It joins {@code job}, which is there already. */
  void join(JobId job) {
    jobId = job.value();
    founding = false;
  }

  boolean isDelivered() {
    return delivered;
  }

  /** It says what {@code edit} says that it says. */
  void reword(MentionRow edit) {
    text = edit.report().map(Mention.Report::text).orElse(text);
    wish = edit.wish;
  }

  /** Whether it is a part of what its job is asked to do. */
  boolean isRequest() {
    return verdict.equals(Verdict.ACCEPTED.name());
  }

  /** It is no request of its own. */
  void aside() {
    verdict = Verdict.ASIDE.name();
  }

  /** The job that serves it; none does if it was not accepted. */
  Optional<JobId> job() {
    return Optional.ofNullable(jobId).map(JobId::new);
  }

  Mention toMention() {
    return new Mention(
        nodeId,
        new Subject(RepositoryName.parse(repository), issueNumber),
        Mention.Source.valueOf(source),
        sourceId,
        new Person(authorId, authorLogin),
        title,
        text,
        URI.create(link),
        writtenAt,
        report(),
        Order.valueOf(wish));
  }

  /** The agent hears of it by other ways than a prompt of its own. */
  void delivered() {
    delivered = true;
  }

  /** The whole row; empty if the mention was not accepted. */
  Optional<StoredMention> toStored() {
    return job().map(id -> new StoredMention(toMention(), id, delivered));
  }
}

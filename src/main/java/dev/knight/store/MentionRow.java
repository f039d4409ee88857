package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A mention while its job is decided on; {@link MentionRows} writes what it became. */
final class MentionRow {
  private Mention mention;
  private Verdict verdict;
  private Optional<JobId> job;
  private boolean founding;
  private boolean delivered;

  private MentionRow(
      Mention mention, Verdict verdict, Optional<JobId> job, boolean founding, boolean delivered) {
    this.mention = mention;
    this.verdict = verdict;
    this.job = job;
    this.founding = founding;
    this.delivered = delivered;
  }

  /** One that the store does not have yet, cut to what it has room for. */
  static MentionRow of(JudgedMention judged) {
    Mention whole = judged.mention();
    Mention cut =
        new Mention(
            whole.nodeId(),
            whole.subject(),
            whole.source(),
            whole.sourceId(),
            whole.author(),
            Columns.text(whole.title(), Columns.TITLE),
            Columns.text(whole.text(), Columns.TEXT),
            whole.link(),
            Columns.time(whole.at()),
            whole.report().map(MentionRow::cut),
            whole.order());
    return new MentionRow(cut, judged.verdict(), Optional.empty(), false, false);
  }

  private static Mention.Report cut(Mention.Report whole) {
    return new Mention.Report(whole.author(), Columns.text(whole.text(), Columns.TEXT));
  }

  static MentionRow read(Row row) throws SQLException {
    return new MentionRow(
        readMention(row),
        row.word(Verdict.class, "verdict"),
        row.maybeJob("job_id"),
        row.flag("founding"),
        row.flag("delivered"));
  }

  private static Mention readMention(Row row) throws SQLException {
    return new Mention(
        row.text("node_id"),
        row.subject(),
        row.word(Mention.Source.class, "source"),
        row.number("source_id"),
        new Person(row.number("author_id"), row.text("author_login")),
        row.text("title"),
        row.text("text"),
        URI.create(row.text("link")),
        row.time("written_at"),
        readReport(row),
        row.word(Order.class, "wish"));
  }

  private static Optional<Mention.Report> readReport(Row row) throws SQLException {
    OptionalLong author = row.maybeNumber("report_author_id");
    return author.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mention.Report(
                new Person(author.getAsLong(), row.text("report_author_login")),
                row.text("report_text")));
  }

  /** What is of a mention for good. */
  Cells fixed() {
    Subject subject = mention.subject();
    Optional<Mention.Report> report = mention.report();
    return Cells.of("node_id", mention.nodeId())
        .and("repository", subject.repository().toString())
        .and("issue_number", subject.number())
        .and("source", mention.source())
        .and("source_id", mention.sourceId())
        .and("author_id", mention.author().id())
        .and("author_login", mention.author().login())
        .and("title", mention.title())
        .and("link", mention.link().toString())
        .and("written_at", mention.at())
        .and("report_author_id", report.map(from -> from.author().id()))
        .and("report_author_login", report.map(from -> from.author().login()))
        .and("report_text", report.map(Mention.Report::text));
  }

  /** What may still change. */
  Cells changing() {
    return Cells.of("text", mention.text())
        .and("wish", mention.order())
        .and("verdict", verdict)
        .and("job_id", job)
        .and("founding", founding)
        .and("delivered", delivered);
  }

  /** The new job {@code id} is made for it. */
  void found(JobId id) {
    job = Optional.of(id);
    founding = true;
  }

  /** It joins job {@code id}, which is there already. */
  void join(JobId id) {
    job = Optional.of(id);
    founding = false;
  }

  boolean isDelivered() {
    return delivered;
  }

  /** It says what {@code edit} says that it says. */
  void reword(MentionRow edit) {
    mention =
        new Mention(
            mention.nodeId(),
            mention.subject(),
            mention.source(),
            mention.sourceId(),
            mention.author(),
            mention.title(),
            edit.mention.report().map(Mention.Report::text).orElse(mention.text()),
            mention.link(),
            mention.at(),
            mention.report(),
            edit.mention.order());
  }

  /** Whether it is a part of what its job is asked to do. */
  boolean isRequest() {
    return verdict == Verdict.ACCEPTED;
  }

  /** It is no request of its own. */
  void aside() {
    verdict = Verdict.ASIDE;
  }

  /** The agent hears of it by other ways than a prompt of its own. */
  void delivered() {
    delivered = true;
  }

  /** The job that serves it; none does if it was not accepted. */
  Optional<JobId> job() {
    return job;
  }

  /** The kind of job that it asks for. */
  JobKind kind() {
    return JobKind.of(mention.order());
  }

  Mention mention() {
    return mention;
  }

  /** The whole row; empty if the mention was not accepted. */
  Optional<StoredMention> toStored() {
    return job.map(id -> new StoredMention(mention, id, delivered));
  }
}

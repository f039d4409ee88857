package dev.knight.store;

import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.Person;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A {@link Job}, laid out in the columns of table {@code job}. */
final class JobColumns {
  private JobColumns() {}

  /** What {@code active_subject} holds while a job of {@code subject} is unfinished. */
  static String active(Subject subject) {
    return subject.repository().key() + "#" + subject.number();
  }

  /** What is of a job as long as it lives. */
  static Cells fixed(Job job) {
    Subject subject = job.subject();
    return Cells.of("id", job.id())
        .and("repository", subject.repository().toString())
        .and("repository_key", subject.repository().key())
        .and("issue_number", subject.number())
        .and("kind", job.kind())
        .and("title", Columns.text(job.title(), Columns.TITLE))
        .and("requester_id", job.requester().id())
        .and("requester_login", job.requester().login())
        .and("created_at", job.createdAt());
  }

  /**
   * What a verb may change. The status comment does not tell of it yet.
   *
   * @param clean takes secrets out of a text
   */
  static Cells changing(Job job, UnaryOperator<String> clean) {
    return StateColumns.of(job.state(), clean)
        .and("version", job.version())
        .and(
            "active_subject",
            job.isFinished() ? Optional.empty() : Optional.of(active(job.subject())))
        .and("attempt", job.attempt())
        .and("token", job.token())
        .and("branch", job.branch())
        .and("input_tokens", job.spent().inputTokens())
        .and("output_tokens", job.spent().outputTokens())
        .and("usd", job.spent().usd())
        .and("worked_millis", job.spent().time().toMillis())
        .and(setbacks(job.setbacks()))
        .and(hold(job.hold()))
        .and(MandateColumns.of(job.mandate(), clean))
        .and("updated_at", job.updatedAt())
        .and("untold", true);
  }

  private static Cells setbacks(Setbacks setbacks) {
    return Cells.of("failures", setbacks.failures())
        .and("bugs", setbacks.bugs())
        .and("waits", setbacks.waits())
        .and("waiting_since", setbacks.since())
        .and("crashes", setbacks.crashes())
        .and("steps", setbacks.steps())
        .and("furthest", setbacks.furthest());
  }

  private static Cells hold(Optional<Hold> hold) {
    return Cells.of("held_tree", hold.map(Hold::tree))
        .and("held_diff", hold.map(held -> Columns.text(held.diff(), Columns.DIFF)))
        .and(
            "released_by",
            hold.flatMap(Hold::releasedBy).map(who -> Columns.line(who, Columns.PERSON)));
  }

  static Job read(Row row) throws SQLException {
    return new Job(
        new JobId(row.number("id")),
        row.number("version"),
        row.subject(),
        row.word(JobKind.class, "kind"),
        row.text("title"),
        new Person(row.number("requester_id"), row.text("requester_login")),
        StateColumns.read(row),
        row.count("attempt"),
        row.number("token"),
        row.maybeText("branch"),
        new Spent(
            row.number("input_tokens"),
            row.number("output_tokens"),
            row.money("usd"),
            Duration.ofMillis(row.number("worked_millis"))),
        readSetbacks(row),
        readHold(row),
        MandateColumns.read(row),
        row.time("created_at"),
        row.time("updated_at"));
  }

  private static Setbacks readSetbacks(Row row) throws SQLException {
    return new Setbacks(
        row.count("failures"),
        row.count("bugs"),
        row.count("waits"),
        row.maybeTime("waiting_since"),
        row.count("crashes"),
        row.count("steps"),
        row.count("furthest"));
  }

  private static Optional<Hold> readHold(Row row) throws SQLException {
    Optional<String> tree = row.maybeText("held_tree");
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(new Hold(tree.get(), row.text("held_diff"), row.maybeText("released_by")));
  }
}

package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Point;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Table {@code assumption}. */
@Singleton
final class AssumptionRows {
  private final Sql sql;
  private final Redactor redactor;

  AssumptionRows(Sql sql, Redactor redactor) {
    this.sql = sql;
    this.redactor = redactor;
  }

  /** Keeps those that are new; of the others what became of them. */
  void keep(JobId job, List<Assumption> assumptions) {
    for (Assumption assumption : assumptions) {
      int held =
          sql.change(
              "update assumption set fate = ? where job_id = ? and place = ?",
              assumption.fate(),
              job,
              assumption.number());
      if (held == 0) {
        add(job, assumption);
      }
    }
  }

  private void add(JobId job, Assumption assumption) {
    sql.add(
        "assumption",
        Cells.of("job_id", job)
            .and("place", assumption.number())
            .and("prompt_key", assumption.key())
            .and("question", cut(assumption.question()))
            .and("assumed", cut(assumption.assumed()))
            .and("tree", assumption.point().map(Point::tree))
            .and("entry", assumption.point().map(Point::entry))
            .and("fate", assumption.fate()));
  }

  private String cut(String text) {
    return Columns.text(redactor.text(text), Columns.QUESTION);
  }

  /** Whether {@code job} went on with something that nobody has said anything to. */
  boolean areOpen(JobId job) {
    return sql.is("select id from assumption where job_id = ? and fate = 'OPEN'", job);
  }

  List<Assumption> of(JobId job) {
    return sql.list(
        AssumptionRows::read, "select * from assumption where job_id = ? order by place", job);
  }

  private static Assumption read(Row row) throws SQLException {
    return new Assumption(
        row.count("place"),
        row.text("prompt_key"),
        row.text("question"),
        row.text("assumed"),
        point(row),
        row.word(Assumption.Fate.class, "fate"));
  }

  private static Optional<Point> point(Row row) throws SQLException {
    Optional<String> tree = row.maybeText("tree");
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(new Point(tree.get(), row.text("entry")));
  }
}

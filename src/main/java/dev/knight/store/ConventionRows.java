package dev.knight.store;

import dev.knight.job.Convention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Table {@code convention}. */
@Singleton
final class ConventionRows {
  private final Sql sql;

  ConventionRows(Sql sql) {
    this.sql = sql;
  }

  List<Convention> of(RepositoryName repository) {
    return list("repository_key = ? order by id", repository.key());
  }

  List<Convention> all() {
    return list("id > 0 order by id");
  }

  Optional<Convention> find(long id) {
    return list("id = ?", id).stream().findFirst();
  }

  /** The one that says the same, learnt from the same; kept anew if there is none. */
  Convention kept(Convention learnt) {
    if (like(learnt).isEmpty()) {
      sql.add(
          "convention",
          Cells.of("repository", learnt.repository().toString())
              .and("repository_key", learnt.repository().key())
              .and("said_by_id", learnt.by().id())
              .and("said_by_login", Columns.line(learnt.by().login(), Columns.PERSON))
              .and("source", learnt.source().toString())
              .and("source_key", Columns.line(learnt.key(), Columns.TITLE))
              .and("served_by", learnt.commit())
              .and("learnt_at", learnt.learntAt())
              .and(changing(learnt)));
    }
    return like(learnt).orElseThrow();
  }

  /** Whether it was as {@code before} says, and is {@code after} now. */
  boolean replace(Convention before, Convention after) {
    boolean isSo = find(before.id()).filter(before::equals).isPresent();
    if (isSo) {
      sql.update("convention", changing(after), "id = ?", before.id());
    }
    return isSo;
  }

  private static Cells changing(Convention convention) {
    return Cells.of("rule", Columns.line(convention.rule(), Convention.LONGEST))
        .and("stage", convention.stage())
        .and("used_at", convention.usedAt())
        .and("note", Columns.line(convention.note(), Columns.TITLE));
  }

  private Optional<Convention> like(Convention learnt) {
    return list(
            "repository_key = ? and source_key = ? and rule = ?",
            learnt.repository().key(),
            Columns.line(learnt.key(), Columns.TITLE),
            Columns.line(learnt.rule(), Convention.LONGEST))
        .stream()
        .findFirst();
  }

  private List<Convention> list(String condition, Object... values) {
    return sql.list(ConventionRows::read, "select * from convention where " + condition, values);
  }

  private static Convention read(Row row) throws SQLException {
    return new Convention(
        row.number("id"),
        RepositoryName.parse(row.text("repository")),
        row.text("rule"),
        row.word(Convention.Stage.class, "stage"),
        new Person(row.number("said_by_id"), row.text("said_by_login")),
        URI.create(row.text("source")),
        row.text("source_key"),
        row.maybeText("served_by"),
        row.time("learnt_at"),
        row.time("used_at"),
        row.text("note"));
  }
}

package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Reply;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Table {@code reply}. */
@Singleton
final class ReplyRows {
  private final Sql sql;
  private final Redactor redactor;

  ReplyRows(Sql sql, Redactor redactor) {
    this.sql = sql;
    this.redactor = redactor;
  }

  /** The reply as it stands, or a new intent. */
  Reply planned(Reply wanted) {
    if (of(wanted.key()).isEmpty()) {
      sql.add(
          "reply",
          Cells.of("reply_key", wanted.key())
              .and("job_id", wanted.job())
              .and("repository", wanted.subject().repository().toString())
              .and("issue_number", wanted.subject().number())
              .and("review_thread", wanted.thread())
              .and("body", Columns.text(redactor.text(wanted.body()), Columns.REPLY))
              .and("planned_at", wanted.plannedAt())
              .and(result(wanted)));
    }
    return of(wanted.key()).orElseThrow();
  }

  /** What came of it. */
  private static Cells result(Reply reply) {
    return Cells.of("state", reply.state())
        .and("external_id", reply.comment())
        .and("link", reply.link().map(URI::toString))
        .and("begun_at", reply.begunAt());
  }

  List<Reply> unmade() {
    return list("state in ('INTENT', 'UNKNOWN') order by id");
  }

  /** Whether the reply was as {@code before} says, and is {@code after} now. */
  boolean advance(Reply before, Reply after) {
    boolean isSo = of(before.key()).filter(held -> held.isAsFarAs(before)).isPresent();
    if (isSo) {
      sql.update("reply", result(after), "reply_key = ?", before.key());
    }
    return isSo;
  }

  /** The one of that key. */
  Optional<Reply> of(String key) {
    return list("reply_key = ?", key).stream().findFirst();
  }

  private List<Reply> list(String condition, Object... values) {
    return sql.list(ReplyRows::read, "select * from reply where " + condition, values);
  }

  private static Reply read(Row row) throws SQLException {
    return new Reply(
        row.text("reply_key"),
        row.maybeJob("job_id"),
        row.subject(),
        row.maybeNumber("review_thread"),
        row.text("body"),
        row.word(Effect.State.class, "state"),
        row.maybeNumber("external_id"),
        row.maybeText("link").map(URI::create),
        row.time("planned_at"),
        row.maybeTime("begun_at"));
  }
}

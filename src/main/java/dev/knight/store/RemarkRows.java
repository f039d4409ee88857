package dev.knight.store;

import dev.knight.job.Remark;
import jakarta.inject.Singleton;
import java.util.List;

/** Table {@code remark}, whose rows never change. */
@Singleton
final class RemarkRows {
  private final Sql sql;

  RemarkRows(Sql sql) {
    this.sql = sql;
  }

  void keep(String review, List<Remark> remarks) {
    for (Remark remark : remarks) {
      sql.add(
          "remark",
          Cells.of("review_node", review)
              .and("comment_id", remark.comment())
              .and("review_thread", remark.thread())
              .and("commit_id", remark.commit())
              .and("path", Columns.text(remark.path(), Columns.PATH))
              .and("line_number", remark.line())
              .and("hunk", Columns.text(remark.hunk(), Columns.PATH))
              .and("text", Columns.text(remark.text(), Columns.TEXT)));
    }
  }

  List<Remark> of(String review) {
    return sql.list(
        row ->
            new Remark(
                row.number("comment_id"),
                row.number("review_thread"),
                row.text("commit_id"),
                row.text("path"),
                row.maybeNumber("line_number"),
                row.text("hunk"),
                row.text("text")),
        "select * from remark where review_node = ? order by id",
        review);
  }
}

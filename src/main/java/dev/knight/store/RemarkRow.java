package dev.knight.store;

import dev.knight.job.Remark;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A remark as it lies in table {@code remark}; never changed. */
@Entity
@Table(name = "remark")
class RemarkRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "remark_seq")
  @SequenceGenerator(name = "remark_seq", sequenceName = "remark_seq", allocationSize = 1)
  private long id;

  @Column(name = "review_node")
  private String review;

  @Column(name = "comment_id")
  private long comment;

  @Column(name = "review_thread")
  private long thread;

  @Column(name = "commit_id")
  private String commit;

  private String path;

  @Column(name = "line_number")
  private @Nullable Long line;

  private String hunk;
  private String text;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected RemarkRow() {}

  RemarkRow(String review, Remark remark) {
    this.review = review;
    comment = remark.comment();
    thread = remark.thread();
    commit = remark.commit();
    path = Columns.text(remark.path(), Columns.PATH);
    line = remark.line().isPresent() ? remark.line().getAsLong() : null;
    hunk = Columns.text(remark.hunk(), Columns.PATH);
    text = Columns.text(remark.text(), Columns.TEXT);
  }

  Remark toRemark() {
    OptionalLong at = line == null ? OptionalLong.empty() : OptionalLong.of(line);
    return new Remark(comment, thread, commit, path, at, hunk, text);
  }
}

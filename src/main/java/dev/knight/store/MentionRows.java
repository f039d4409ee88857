package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Table {@code mention}. */
@Singleton
final class MentionRows {
  private final Sql sql;

  MentionRows(Sql sql) {
    this.sql = sql;
  }

  /** Keeps {@code row}, which is new. */
  void add(MentionRow row, Instant now) {
    sql.add("mention", row.fixed().and(row.changing()).and("kept_at", now));
  }

  /** Writes what became of {@code row}. */
  void update(MentionRow row) {
    sql.update("mention", row.changing(), "node_id = ?", row.mention().nodeId());
  }

  Optional<MentionRow> known(String nodeId) {
    return list("node_id = ?", nodeId).stream().findFirst();
  }

  /** Those of {@code nodeIds} that have no row. */
  Set<String> unseen(Collection<String> nodeIds) {
    Set<String> unseen = new HashSet<>(nodeIds);
    if (!unseen.isEmpty()) {
      sql.list(
              row -> row.text("node_id"),
              "select node_id from mention where node_id in (" + Sql.marks(unseen.size()) + ")",
              unseen.toArray())
          .forEach(unseen::remove);
    }
    return unseen;
  }

  /** Those of {@code author} that came from GitHub after {@code since}. */
  long count(Verdict verdict, Person author, Instant since) {
    return sql.number(
        """
        select count(*) from mention
        where verdict = ? and author_id = ? and kept_at > ? and source not in ('COMMAND', 'WATCH')
        """,
        verdict,
        author.id(),
        since);
  }

  /** Those in {@code repository} that came from GitHub after {@code since}. */
  long count(Verdict verdict, RepositoryName repository, Instant since) {
    return sql.number(
        """
        select count(*) from mention
        where verdict = ? and lower(repository) = ? and kept_at > ?
          and source not in ('COMMAND', 'WATCH')
        """,
        verdict,
        repository.key(),
        since);
  }

  /**
   * The mentions that {@code job} serves: those that it was made for, then what joined it, each
   * oldest first. GitHub says of an issue when it was last touched, which may be after its
   * comments.
   */
  List<MentionRow> of(JobId job) {
    return list("job_id = ? and verdict = 'ACCEPTED' order by founding desc, written_at, id", job);
  }

  /**
   * Those that joined {@code job} and that its agent was never told of, oldest first. What knight
   * itself saw is not among them: its words are data, and no request.
   */
  List<MentionRow> unheard(JobId job) {
    return list(
        """
        job_id = ? and verdict = 'ACCEPTED' and founding = false and delivered = false
          and source <> 'WATCH'
        order by written_at, id
        """,
        job);
  }

  /** Those that are known of {@code nodeIds}. */
  List<MentionRow> of(Collection<String> nodeIds) {
    return nodeIds.isEmpty()
        ? List.of()
        : list("node_id in (" + Sql.marks(nodeIds.size()) + ") order by id", nodeIds.toArray());
  }

  void delivered(Collection<String> nodeIds) {
    if (!nodeIds.isEmpty()) {
      sql.change(
          "update mention set delivered = true where node_id in ("
              + Sql.marks(nodeIds.size())
              + ")",
          nodeIds.toArray());
    }
  }

  private List<MentionRow> list(String condition, Object... values) {
    return sql.list(MentionRow::read, "select * from mention where " + condition, values);
  }
}

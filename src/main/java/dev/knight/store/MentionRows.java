package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Verdict;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Table {@code mention}. */
@Singleton
final class MentionRows implements PanacheRepositoryBase<MentionRow, Long> {
  Optional<MentionRow> known(String nodeId) {
    return find("nodeId", nodeId).firstResultOptional();
  }

  /** Those of {@code nodeIds} that have no row. */
  Set<String> unseen(Collection<String> nodeIds) {
    Set<String> unseen = new HashSet<>(nodeIds);
    if (!unseen.isEmpty()) {
      getEntityManager()
          .createQuery("select nodeId from MentionRow where nodeId in :ids", String.class)
          .setParameter("ids", nodeIds)
          .getResultList()
          .forEach(unseen::remove);
    }
    return unseen;
  }

  /** Those of {@code author} that came from GitHub after {@code since}. */
  long count(Verdict verdict, Person author, Instant since) {
    return count(
        "verdict = ?1 and authorId = ?2 and keptAt > ?3 and source not in ('COMMAND', 'WATCH')",
        verdict.name(),
        author.id(),
        Columns.time(since));
  }

  /** Those in {@code repository} that came from GitHub after {@code since}. */
  long count(Verdict verdict, RepositoryName repository, Instant since) {
    return count(
        "verdict = ?1 and lower(repository) = ?2 and keptAt > ?3 and source not in ('COMMAND', 'WATCH')",
        verdict.name(),
        repository.key(),
        Columns.time(since));
  }

  /**
   * The mentions that {@code job} serves: those that it was made for, then what joined it, each
   * oldest first. GitHub says of an issue when it was last touched, which may be after its
   * comments.
   */
  List<MentionRow> of(JobId job) {
    return list(
        "jobId = ?1 and verdict = 'ACCEPTED' order by founding desc, writtenAt, id", job.value());
  }

  /**
   * Those that joined {@code job} and that its agent was never told of, oldest first. What knight
   * itself saw is not among them: its words are data, and no request.
   */
  List<MentionRow> unheard(JobId job) {
    return list(
        "jobId = ?1 and verdict = 'ACCEPTED' and founding = false and delivered = false and source <> 'WATCH' order by writtenAt, id",
        job.value());
  }

  /** Those that are known of {@code nodeIds}. */
  List<MentionRow> of(Collection<String> nodeIds) {
    return nodeIds.isEmpty() ? List.of() : list("nodeId in ?1 order by id", nodeIds);
  }

  void delivered(Collection<String> nodeIds) {
    if (!nodeIds.isEmpty()) {
      update("delivered = true where nodeId in ?1", nodeIds);
    }
  }
}

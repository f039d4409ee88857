package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.Mention;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Table {@code job}. */
@Singleton
final class JobRows implements PanacheRepositoryBase<JobRow, Long> {
  /** As the one index is ordered that answers what a claim asks. */
  private static final String IN_ORDER = " order by state.state, state.leaseEnd, state.dueAt, id";

  /** Keeps the new job that {@code mention} asks for, under the next number. */
  JobRow made(Mention mention, Instant now) {
    JobNumberRow newest =
        getEntityManager()
            .find(JobNumberRow.class, JobNumberRow.ID, LockModeType.PESSIMISTIC_WRITE);
    JobRow job = new JobRow(newest.next(), mention, now);
    persist(job);
    return job;
  }

  /** The row, held until the transaction ends, so that its version cannot change underneath. */
  Optional<JobRow> held(JobId id) {
    return Optional.ofNullable(findById(id.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** The one unfinished job of {@code subject}. */
  Optional<JobRow> active(Subject subject) {
    return find("activeSubject", JobRow.active(subject)).firstResultOptional();
  }

  /** The running job whose lease ran out longest ago. */
  Optional<JobId> abandoned(Set<String> fullRepositories, Instant now) {
    return first(
        "state.state = 'running' and state.leaseEnd <= :now and repositoryKey not in :full"
            + IN_ORDER,
        Map.of("now", now, "full", fullRepositories));
  }

  /** Every job that is running, whoever has it. */
  List<JobRow> running() {
    return list("state.state = 'running' order by id");
  }

  /** Every job that is not over, or that a limit ended after {@code since}. */
  List<JobRow> controllable(Instant since) {
    List<JobRow> ended =
        list(
            "state.state = 'failed' and state.limited = true and updatedAt > ?1 order by id",
            Columns.time(since));
    List<JobRow> active = list("activeSubject is not null order by id");
    return Stream.concat(ended.stream(), active.stream()).toList();
  }

  /** Every job that was called off and whose work is not kept yet. */
  List<JobRow> unkept() {
    return list("unkept = true order by unkept, id");
  }

  /** The retrying job that has been due longest. */
  Optional<JobId> due(Set<String> fullRepositories, Instant now) {
    return first(
        "state.state = 'retrying' and state.leaseEnd is null and state.dueAt <= :now"
            + " and repositoryKey not in :full"
            + IN_ORDER,
        Map.of("now", now, "full", fullRepositories));
  }

  /** The oldest queued job. */
  Optional<JobId> queued(Set<String> fullRepositories) {
    return first(
        "state.state = 'queued' and state.leaseEnd is null and state.dueAt is null"
            + " and repositoryKey not in :full"
            + IN_ORDER,
        Map.of("full", fullRepositories));
  }

  /**
   * The keys of the repositories that have {@code limit} or more jobs at work. Never empty: the
   * empty key, which no repository has, keeps {@code not in} a question with an answer.
   */
  Set<String> full(int limit, Instant now) {
    List<String> keys =
        getEntityManager()
            .createQuery(
                "select repositoryKey from JobRow where state.state = 'running'"
                    + " and state.leaseEnd > :now group by repositoryKey having count(*) >= :limit",
                String.class)
            .setParameter("now", now)
            .setParameter("limit", (long) limit)
            .getResultList();
    Set<String> full = new HashSet<>(keys);
    full.add("");
    return full;
  }

  /** Every job that is done with a pull request, and that changed after {@code since}. */
  List<JobRow> published(Instant since) {
    return list(
        "state.state = 'done' and state.pullRequest is not null and updatedAt > ?1 order by id",
        since);
  }

  /** The newest job that opened pull request {@code number} of {@code repository}. */
  Optional<JobRow> opened(RepositoryName repository, long number) {
    return find(
            "repositoryKey = ?1 and id in (select e.jobId from EffectRow e where"
                + " e.kind = 'PULL_REQUEST' and e.state = 'DONE' and e.externalId = ?2)"
                + " order by id desc",
            repository.key(),
            Long.toString(number))
        .firstResultOptional();
  }

  /** The newest job of {@code subject}, whatever became of it. */
  Optional<JobRow> newest(Subject subject) {
    return find(
            "repositoryKey = ?1 and issueNumber = ?2 order by id desc",
            subject.repository().key(),
            subject.number())
        .firstResultOptional();
  }

  /**
   * The job that a word under {@code subject} is about: the unfinished one of it, or of the issue
   * whose pull request it is; else the newest of these.
   */
  Optional<JobRow> about(Subject subject) {
    return active(subject)
        .or(() -> opened(subject).flatMap(opener -> active(opener.toJob().subject())))
        .or(() -> newest(subject))
        .or(() -> opened(subject));
  }

  private Optional<JobRow> opened(Subject subject) {
    return opened(subject.repository(), subject.number());
  }

  /** The jobs that {@code query} asks for, newest first. */
  List<JobRow> found(JobQuery query) {
    Search search = Search.of(query);
    return find(search.condition() + " order by id desc", search.parameters())
        .page(0, query.limit())
        .list();
  }

  List<JobRow> untold() {
    return list("untold = true order by untold, updatedAt, id");
  }

  /**
   * The number alone, and unlocked: with {@code for update} H2 sorts all that waits instead of
   * reading the first entry of the index.
   */
  private Optional<JobId> first(String question, Map<String, Object> parameters) {
    TypedQuery<Long> query =
        getEntityManager().createQuery("select id from JobRow where " + question, Long.class);
    parameters.forEach(query::setParameter);
    return query.setMaxResults(1).getResultStream().findFirst().map(JobId::new);
  }
}

package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState;
import dev.knight.job.Mandate;
import dev.knight.job.Mention;
import dev.knight.job.Plan;
import dev.knight.job.RepositoryName;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Table {@code job}. */
@Singleton
final class JobRows {
  private final Sql sql;
  private final Redactor redactor;

  JobRows(Sql sql, Redactor redactor) {
    this.sql = sql;
    this.redactor = redactor;
  }

  /**
   * Keeps the new job that {@code mention} asks for, under the next number. That is written with
   * the job, so that no crash leaves a hole in the numbers that people read; a sequence without
   * holes would be written to the file by itself each time.
   */
  Job made(Mention mention, Instant now) {
    sql.change("update job_number set newest = newest + 1 where id = 1");
    JobId id = new JobId(sql.number("select newest from job_number where id = 1"));
    Job job = asked(id, mention, Columns.time(now));
    add(job);
    return job;
  }

  private static Job asked(JobId id, Mention mention, Instant now) {
    return new Job(
        id,
        1,
        mention.subject(),
        JobKind.of(mention.order()),
        mention.title(),
        mention.author(),
        new JobState.Queued(),
        0,
        0,
        Optional.empty(),
        Spent.NOTHING,
        Setbacks.NONE,
        Optional.empty(),
        Mandate.of(mention.order()),
        now,
        now);
  }

  /** Keeps {@code job}, which is new. */
  void add(Job job) {
    sql.insert(
        "job",
        JobColumns.fixed(job).and(JobColumns.changing(job, redactor::text)).and("unkept", false));
    sql.touched(job.id());
  }

  /**
   * Makes of {@code before} what a verb made of it: state, attempt, branch, cost, setbacks, hold
   * and mandate.
   *
   * @return the job as it is stored; empty if its row was not {@code before}'s version any more
   */
  Optional<Job> replace(Job before, Job after) {
    return write(before, after) ? find(before.id()) : Optional.empty();
  }

  /**
   * The same for a worker's claim. A job that holds no text which may have a secret in it is as it
   * was written.
   *
   * @param after in whole microseconds
   */
  Optional<Job> claim(Job before, Job after) {
    if (!(after.mandate().plan() instanceof Plan.None) || after.hold().isPresent()) {
      return replace(before, after);
    }
    return write(before, after)
        ? Optional.of(inVersion(before.version() + 1, after))
        : Optional.empty();
  }

  private static Job inVersion(long version, Job job) {
    return new Job(
        job.id(),
        version,
        job.subject(),
        job.kind(),
        job.title(),
        job.requester(),
        job.state(),
        job.attempt(),
        job.token(),
        job.branch(),
        job.spent(),
        job.setbacks(),
        job.hold(),
        job.mandate(),
        job.createdAt(),
        job.updatedAt());
  }

  private boolean write(Job before, Job after) {
    int written =
        sql.update(
            "job",
            JobColumns.changing(after, redactor::text)
                .and("version", before.version() + 1)
                .and("unkept", isCalledOff(before, after)),
            "id = ? and version = ?",
            before.id(),
            before.version());
    if (written > 0) {
      sql.touched(before.id());
    }
    return written > 0;
  }

  /** Whether that happens just now, after work on it began: what it made is to be kept. */
  private static boolean isCalledOff(Job before, Job after) {
    return after.state() instanceof JobState.Stopped
        && after.attempt() > 0
        && !(before.state() instanceof JobState.Stopped);
  }

  /** The status comment of {@code job} now tells of {@code version}. */
  void told(JobId job, long version) {
    sql.change("update job set untold = (version > ?) where id = ?", version, job);
    sql.touched(job);
  }

  Optional<Job> find(JobId id) {
    return first("id = ?", id);
  }

  /** The job of that number, which another row names. */
  Job there(JobId id) {
    return find(id).orElseThrow(() -> new IllegalStateException("There is no job " + id));
  }

  /** The one unfinished job of {@code subject}. */
  Optional<Job> active(Subject subject) {
    return first("active_subject = ?", JobColumns.active(subject));
  }

  /**
   * What may be claimed next in each of its states, in no order: the running job whose lease ran
   * out longest ago, the retrying one that has been due longest, and the oldest queued one.
   * Unlocked, as their versions tell whether somebody was quicker.
   */
  List<Job> claimable(Set<String> fullRepositories, Instant now) {
    String elsewhere = elsewhere(fullRepositories);
    List<Object> timed = new ArrayList<>(fullRepositories);
    timed.addFirst(now);
    return sql.list(
        JobColumns::read,
        String.join(
            " union all ",
            next("state = 'running' and lease_end <= ?" + elsewhere),
            next("state = 'retrying' and lease_end is null and due_at <= ?" + elsewhere),
            next("state = 'queued' and lease_end is null and due_at is null" + elsewhere)),
        Stream.of(timed, timed, fullRepositories).flatMap(Collection::stream).toArray());
  }

  /** Ordered as the one index is that answers it. */
  private static String next(String condition) {
    return "(select * from job where %s order by state, lease_end, due_at, id fetch first 1 rows only)"
        .formatted(condition);
  }

  private static String elsewhere(Set<String> full) {
    return full.isEmpty() ? "" : " and repository_key not in (" + Sql.marks(full.size()) + ")";
  }

  /** The keys of the repositories that have {@code limit} or more jobs at work. */
  Set<String> full(int limit, Instant now) {
    return new HashSet<>(
        sql.list(
            row -> row.text("repository_key"),
            """
            select repository_key from job where state = 'running' and lease_end > ?
            group by repository_key having count(*) >= ?
            """,
            now,
            limit));
  }

  /** Every job that is running, whoever has it. */
  List<Job> running() {
    return list("state = 'running' order by id");
  }

  /** Every job that is not over, or that a limit ended after {@code since}. */
  List<Job> controllable(Instant since) {
    List<Job> ended =
        list("state = 'failed' and limited = true and updated_at > ? order by id", since);
    List<Job> active = list("active_subject is not null order by id");
    return Stream.concat(ended.stream(), active.stream()).toList();
  }

  /** Every job that was called off and whose work is not kept yet. */
  List<Job> unkept() {
    return list("state = 'stopped' and unkept = true order by id");
  }

  /** Every job that is done with a pull request, and that changed after {@code since}. */
  List<Job> published(Instant since) {
    return list(
        "state = 'done' and pull_request is not null and updated_at > ? order by id", since);
  }

  /** The newest job that opened pull request {@code number} of {@code repository}. */
  Optional<Job> opened(RepositoryName repository, long number) {
    return sql.first(
        JobColumns::read,
        """
        select job.* from effect join job on job.id = effect.job_id
        where effect.kind = 'PULL_REQUEST' and effect.state = 'DONE' and effect.external_id = ?
          and job.repository_key = ?
        order by job.id desc
        """,
        Long.toString(number),
        repository.key());
  }

  /** The newest job of {@code subject}, whatever became of it. */
  Optional<Job> newest(Subject subject) {
    return first(
        "repository_key = ? and issue_number = ? order by id desc",
        subject.repository().key(),
        subject.number());
  }

  /**
   * The job that a word under {@code subject} is about: the unfinished one of it, or of the issue
   * whose pull request it is; else the newest of these.
   */
  Optional<Job> about(Subject subject) {
    return active(subject)
        .or(() -> opened(subject).flatMap(opener -> active(opener.subject())))
        .or(() -> newest(subject))
        .or(() -> opened(subject));
  }

  private Optional<Job> opened(Subject subject) {
    return opened(subject.repository(), subject.number());
  }

  /** The jobs that {@code query} asks for, newest first. */
  List<Job> found(JobQuery query) {
    Search search = Search.of(query);
    Collection<Object> values = new ArrayList<>(search.values());
    values.add(query.limit());
    return list(search.condition() + " order by id desc fetch first ? rows only", values.toArray());
  }

  List<Job> untold() {
    return list("untold = true order by untold, updated_at, id");
  }

  private List<Job> list(String condition, Object... values) {
    return sql.list(JobColumns::read, "select * from job where " + condition, values);
  }

  private Optional<Job> first(String condition, Object... values) {
    return sql.first(JobColumns::read, "select * from job where " + condition, values);
  }
}

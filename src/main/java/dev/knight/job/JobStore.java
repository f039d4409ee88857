package dev.knight.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where everything meets: intake inserts, workers claim, the reporter and people read. Each method
 * is one transaction, and what it returned as done survives {@code kill -9}. Methods block; any
 * thread may call them.
 */
public interface JobStore extends JobReading {

  // ---- intake

  /** Where a stream stands, or empty if it has never been read. */
  Optional<StreamAnchor> anchor(RepositoryName repository, StreamKind kind);

  /** Those of {@code nodeIds} that the store has not seen as mentions. */
  Set<String> unseen(Collection<String> nodeIds);

  /**
   * Keeps what one walk of a stream brought: the mentions and the new anchor, together or not at
   * all. Each accepted mention joins the active job of its subject or makes a new job, and its
   * reaction is planned, unless it joins one that runs ({@link #delivered}); one whose node id is
   * known already changes nothing.
   *
   * @return the jobs that are new
   */
  List<Job> keep(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor anchor,
      List<JudgedMention> mentions,
      Instant now);

  /**
   * How many mentions of {@code author}, in whatever repository, were kept after {@code since} with
   * that verdict; those by hand do not count.
   */
  long count(Verdict verdict, Person author, Instant since);

  /** The same for the mentions in {@code repository}, whoever wrote them. */
  long count(Verdict verdict, RepositoryName repository, Instant since);

  /**
   * Accepts one mention that came by hand.
   *
   * @return the job that it made or joined
   */
  Job accept(Mention mention, Instant now);

  /**
   * Accepts one mention that came by hand under {@code key}, unless a request with that key was
   * accepted before: then nothing is written.
   *
   * @return the job that it made or joined, then or now
   * @throws RefusedException if the key is another request's
   */
  Job accept(Mention mention, RequestKey key, Instant now);

  /**
   * The job of the request that was accepted under {@code key}, if one was and the key is known
   * still.
   *
   * @throws RefusedException if the key is another request's
   */
  Optional<Job> accepted(RequestKey key, Instant now);

  // ---- workers

  /**
   * Takes the oldest job that may run: a running one whose lease has run out, a due one, or a
   * queued one; never more than {@code perRepository} of one repository at a time.
   */
  Optional<Job> claim(String owner, Instant leaseEnd, int perRepository, Instant now);

  /** The jobs that are running, whoever has them. */
  List<Job> running();

  /**
   * The jobs to which people can still do something by a reaction: those that are not over, and
   * those that a limit ended after {@code since}.
   */
  List<Job> controllable(Instant since);

  /**
   * Sets aside what {@code job}, which was just claimed, may still cost, out of what all jobs
   * together may cost on the day of {@code now}. What it costs is settled with each write of the
   * job, and the rest is free again once the job does not run. Setting aside twice is once.
   *
   * @param most what the job may cost in all
   * @return false if the day has not so much left: nothing was set aside
   */
  boolean reserve(Job job, BigDecimal most, BigDecimal perDay, Instant now);

  /** The jobs that were called off after work on them began, and whose work nobody looked for. */
  List<Job> unkept();

  /**
   * Calls {@code listener} in each transaction that makes a job, and after each other one that lets
   * a job run or says something to it; on that transaction's thread. Whoever claims from then on
   * waits for the transaction, and may find nothing. The listener returns at once and asks the
   * store nothing itself; what it throws undoes the transaction.
   */
  void onWork(Runnable listener);

  /** Takes that one job, if it may run. */
  Optional<Job> claim(JobId id, String owner, Instant leaseEnd, Instant now);

  /**
   * Replaces a job by what a verb made of it, with the events that tell of it, if it is still as it
   * was read.
   *
   * <p>When {@code after} is finished, but not {@link JobState.Stopped}, the same transaction makes
   * a new job for those mentions that joined this one while it was under way and that its agent was
   * never told of. The mention that the job was made for makes no second one, or a job that fails
   * before its agent hears of it would come back for ever.
   *
   * <p>A finished job does not go on while another one of its subject is at work.
   *
   * @return the job as stored, or empty if someone else changed it first: then nothing was written
   */
  Optional<Job> replace(Job before, Job after, List<Event> events);

  /** Adds to a job's story without changing the job. */
  void tell(List<Event> events);

  /** The mentions that a job serves: what it was made for, then what joined it, oldest first. */
  List<StoredMention> mentions(JobId id);

  /** What the review with node id {@code review} says on single lines, in its order. */
  List<Remark> remarks(String review);

  /**
   * Marks mentions as told to the agent. Those that joined a running job get their reaction planned
   * only now; any other has had it since it was accepted.
   */
  void delivered(Collection<String> nodeIds);

  // ---- effects

  /** Plans an effect, or returns it as it stands if it is planned already. */
  Effect plan(JobId job, Effect.Kind kind, String key, Instant now);

  /** Records what came of an effect. */
  void settle(Effect effect);

  /**
   * Records what came of an effect, if it is still as it was read.
   *
   * @return false if somebody else has gone on with it; then nothing was written
   */
  boolean advance(Effect before, Effect after);

  /** Effects of that kind that are planned and not settled, oldest first. */
  List<Effect> unsettled(Effect.Kind kind);

  /** Effects that are to be looked at again, at once or later, oldest first. */
  List<Effect> toCheck();

  // ---- assumptions

  /**
   * Keeps what the agent of {@code id} assumes. Of those whose numbers are there already only the
   * fate is taken over.
   */
  void assume(JobId id, List<Assumption> assumptions);

  /** What the agent of {@code id} ever assumed, in the order of the numbers. */
  List<Assumption> assumptions(JobId id);

  // ---- replies

  /** Plans a reply, or returns the one of that key as it stands if it is planned already. */
  Reply reply(Reply wanted);

  /** The reply of that key, if it was ever planned. */
  Optional<Reply> reply(String key);

  /** The replies that are planned and not settled, oldest first. */
  List<Reply> unmade();

  /**
   * Records what came of a reply, if it is still as it was read.
   *
   * @return false if somebody else has gone on with it; then nothing was written
   */
  boolean advance(Reply before, Reply after);

  /**
   * The job that a word under {@code subject} is about: the active one of it, or of the issue whose
   * pull request it is; else the newest of these.
   */
  Optional<Job> about(Subject subject);

  /** The jobs that are done with a pull request, and changed after {@code since}; oldest first. */
  List<Job> published(Instant since);

  /** The job, if any, that opened pull request {@code subject}. */
  Optional<Job> opened(Subject subject);

  /**
   * Notes that people merged {@code pull}, in the story of the job that opened it; of a pull
   * request that no job opened, and the second time, nothing.
   */
  void merged(Subject pull, Instant at, Instant now);

  // ---- reading

  /** The mention with that node id. */
  Optional<StoredMention> mention(String nodeId);

  /** The newest {@code limit} jobs, newest first. */
  default List<Job> jobs(int limit) {
    return jobs(JobQuery.newest(limit));
  }

  /** What happened in all jobs after event {@code after}, oldest first: the first {@code most}. */
  List<Event> events(long after, int most);

  /** The number of the newest event of all; 0 if there is none. */
  long lastEvent();

  /** The event up to which {@code reader} has read all stories, once it has said so. */
  OptionalLong readUpTo(String reader);

  /** Keeps that {@code reader} has read all stories up to {@code event}. */
  void readUpTo(String reader, long event);

  /** Which jobs change: told after each transaction that wrote something of a job. */
  JobChanges changes();

  /**
   * How many writes of this process are over. Who reads the same number twice, and the store in
   * between, has seen all that this process wrote.
   */
  long writes();

  // ---- the status comment

  /**
   * Jobs whose status comment may not tell what is true: not told yet, or changed since. Oldest
   * change first.
   */
  List<Job> untold();

  /** Records that the status comment tells of {@code version}, with a digest of its text. */
  void told(JobId id, long version, String digest, Instant now);

  /** The last thing told. */
  Optional<Told> told(JobId id);

  /**
   * The last edit of a status comment.
   *
   * @param version the version of the job that it tells of
   * @param digest a digest of its text
   * @param at when it was written
   */
  record Told(long version, String digest, Instant at) {}

  // ---- repositories

  /** The last readable {@code .knight.yml}. */
  Optional<RepositoryConfigCopy> configuration(RepositoryName repository);

  /** Keeps it. */
  void configuration(RepositoryName repository, RepositoryConfigCopy copy);
}

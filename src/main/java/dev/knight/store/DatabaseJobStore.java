package dev.knight.store;

import dev.knight.job.Assumption;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.Remark;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import dev.knight.job.RequestKey;
import dev.knight.job.Reservation;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The store in a database. Each method is one transaction through the {@link Ledger}; what GitHub
 * cannot be asked for again (an accepted mention, the result of an effect) is synced to the disk as
 * well.
 *
 * <p>A failure of the store's file is a {@link dev.knight.job.MisconfiguredException}. After a full
 * disk every method throws it, and the service ends; while the disk is nearly full no job is
 * claimed.
 */
@Singleton
final class DatabaseJobStore implements JobStore {
  private final Ledger ledger;
  private final StoreFile file;
  private final Acceptance acceptance;
  private final Claims claims;
  private final Changes changes;
  private final Tables tables;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  DatabaseJobStore(
      Ledger ledger,
      StoreFile file,
      Acceptance acceptance,
      Claims claims,
      Changes changes,
      Tables tables) {
    this.ledger = ledger;
    this.file = file;
    this.acceptance = acceptance;
    this.claims = claims;
    this.changes = changes;
    this.tables = tables;
  }

  @Override
  public Optional<StreamAnchor> anchor(RepositoryName repository, StreamKind kind) {
    return ledger.read(() -> tables.streams().one(repository, kind));
  }

  @Override
  public Set<String> unseen(Collection<String> nodeIds) {
    return ledger.read(() -> tables.mentions().unseen(nodeIds));
  }

  @Override
  public List<Job> keep(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor anchor,
      List<JudgedMention> mentions,
      Instant now) {
    long heard = mentions.stream().filter(judged -> judged.verdict().isHeard()).count();
    List<Job> made =
        written(() -> {
          if (mentions.stream().anyMatch(judged -> judged.verdict() == Verdict.ACCEPTED)) {
            wake();
          }
          tables.streams().move(repository, kind, anchor);
          return mentions.stream()
              .flatMap(judged -> acceptance.keep(judged, now).stream())
              .toList();
        });
    if (heard > made.size()) {
      wake(); // who is at work reads what was said to him, which he could not before
    }
    if (heard > 0) {
      file.sync();
    }
    return made;
  }

  @Override
  public long count(Verdict verdict, Person author, Instant since) {
    return ledger.read(() -> tables.mentions().count(verdict, author, since));
  }

  @Override
  public long count(Verdict verdict, RepositoryName repository, Instant since) {
    return ledger.read(() -> tables.mentions().count(verdict, repository, since));
  }

  @Override
  public Job accept(Mention mention, Instant now) {
    return accepted(() -> acceptance.accept(mention, now));
  }

  @Override
  public Job accept(Mention mention, RequestKey key, Instant now) {
    return accepted(() -> accepted(key, now).orElseGet(() -> keep(mention, key, now)));
  }

  /**
   * Whoever is to take a new job is called while it is being written, and waits for that when he
   * asks for it, so one save serves both. It may begin while it is on its way to the disk: before
   * anything of a job is said or done on GitHub, the store syncs anyway.
   */
  private Job accepted(Supplier<Job> acceptance) {
    Job job =
        written(() -> {
          wake();
          return acceptance.get();
        });
    if (job.version() > 1) {
      wake(); // it was there, and who is at work on it could not read this before
    }
    file.sync();
    return job;
  }

  private void wake() {
    listeners.forEach(Runnable::run);
  }

  private Job keep(Mention mention, RequestKey key, Instant now) {
    Job job = acceptance.accept(mention, now);
    tables.keys().keep(key, job.id(), now);
    return job;
  }

  @Override
  public Optional<Job> accepted(RequestKey key, Instant now) {
    return ledger.read(() -> tables.keys().job(key, now).flatMap(tables.jobs()::find));
  }

  @Override
  public Optional<Job> claim(String owner, Instant leaseEnd, int perRepository, Instant now) {
    return written(() -> claims.next(owner, leaseEnd, perRepository, now));
  }

  @Override
  public Optional<Job> claim(JobId id, String owner, Instant leaseEnd, Instant now) {
    return written(() -> claims.one(id, owner, leaseEnd, now));
  }

  @Override
  public List<Job> running() {
    return ledger.read(() -> tables.jobs().running());
  }

  @Override
  public List<Job> controllable(Instant since) {
    return ledger.read(() -> tables.jobs().controllable(since));
  }

  @Override
  public boolean reserve(Job job, BigDecimal most, BigDecimal perDay, Instant now) {
    return ledger.write(
        () -> tables.reservations().reserve(job, most, perDay, Reservation.day(now)));
  }

  @Override
  public List<Job> unkept() {
    return ledger.read(() -> tables.jobs().unkept());
  }

  @Override
  public void onWork(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<Job> replace(Job before, Job after, List<Event> events) {
    Optional<Job> stored = written(() -> changes.replace(before, after, events));
    if (stored.isPresent() && !(after.state() instanceof JobState.Running)) {
      wake();
    }
    return stored;
  }

  @Override
  public void tell(List<Event> events) {
    write(() -> tables.events().tell(events));
  }

  @Override
  public List<StoredMention> mentions(JobId id) {
    return ledger.read(
        () -> tables.mentions().of(id).stream().flatMap(row -> row.toStored().stream()).toList());
  }

  @Override
  public List<Remark> remarks(String review) {
    return ledger.read(() -> tables.remarks().of(review));
  }

  @Override
  public void delivered(Collection<String> nodeIds) {
    write(() -> acceptance.heard(nodeIds));
  }

  @Override
  public Effect plan(JobId job, Effect.Kind kind, String key, Instant now) {
    return written(() -> tables.effects().planned(job, kind, key, now));
  }

  @Override
  public void settle(Effect effect) {
    write(() -> tables.effects().settle(effect));
    file.sync();
  }

  @Override
  public boolean advance(Effect before, Effect after) {
    boolean replaced = ledger.write(() -> tables.effects().advance(before, after));
    file.sync();
    return replaced;
  }

  @Override
  public List<Effect> unsettled(Effect.Kind kind) {
    return onDisk(ledger.read(() -> tables.effects().unsettled(kind)));
  }

  @Override
  public List<Effect> toCheck() {
    return ledger.read(() -> tables.effects().toCheck());
  }

  @Override
  public List<Effect> effects(JobId id) {
    return ledger.read(() -> tables.effects().of(id));
  }

  @Override
  public void assume(JobId id, List<Assumption> assumptions) {
    write(() -> tables.assumptions().keep(id, assumptions));
  }

  @Override
  public List<Assumption> assumptions(JobId id) {
    return ledger.read(() -> tables.assumptions().of(id));
  }

  @Override
  public Reply reply(Reply wanted) {
    return written(() -> tables.replies().planned(wanted));
  }

  @Override
  public Optional<Reply> reply(String key) {
    return ledger.read(() -> tables.replies().of(key));
  }

  @Override
  public List<Reply> unmade() {
    return onDisk(ledger.read(() -> tables.replies().unmade()));
  }

  @Override
  public boolean advance(Reply before, Reply after) {
    boolean replaced = ledger.write(() -> tables.replies().advance(before, after));
    file.sync();
    return replaced;
  }

  @Override
  public Optional<Job> about(Subject subject) {
    return ledger.read(() -> tables.jobs().about(subject));
  }

  @Override
  public List<Job> published(Instant since) {
    return ledger.read(() -> tables.jobs().published(since));
  }

  @Override
  public Optional<Job> opened(Subject subject) {
    return ledger.read(() -> tables.jobs().opened(subject.repository(), subject.number()));
  }

  @Override
  public void merged(Subject pull, Instant at, Instant now) {
    Optional<Job> opener = opened(pull);
    opener.map(Job::id).ifPresent(id -> write(() -> merged(id, at, now)));
  }

  private void merged(JobId id, Instant at, Instant now) {
    if (tables.figures().merged(id, at)) {
      tables.events().tell(id, now, "merged", "Its pull request was merged");
    }
  }

  @Override
  public Optional<Job> find(JobId id) {
    return ledger.read(() -> tables.jobs().find(id));
  }

  @Override
  public Optional<StoredMention> mention(String nodeId) {
    return ledger.read(() -> tables.mentions().known(nodeId).flatMap(MentionRow::toStored));
  }

  @Override
  public List<Job> jobs(JobQuery query) {
    return ledger.read(() -> tables.jobs().found(query));
  }

  @Override
  public List<Event> events(JobId id, long after) {
    return ledger.read(() -> tables.events().after(id, after));
  }

  @Override
  public List<Event> events(long after, int most) {
    return ledger.read(() -> tables.events().after(after, most));
  }

  @Override
  public long lastEvent() {
    return ledger.read(() -> tables.events().last());
  }

  @Override
  public OptionalLong readUpTo(String reader) {
    return ledger.read(() -> tables.marks().of(reader));
  }

  @Override
  public void readUpTo(String reader, long event) {
    write(() -> tables.marks().move(reader, event));
  }

  @Override
  public JobChanges changes() {
    return ledger.changes();
  }

  @Override
  public long writes() {
    return ledger.saved();
  }

  @Override
  public List<Job> untold() {
    return onDisk(ledger.read(() -> tables.jobs().untold()));
  }

  @Override
  public void told(JobId id, long version, String digest, Instant now) {
    write(() -> {
      tables.told().told(id, new Told(version, digest, now));
      tables.jobs().told(id, version);
    });
  }

  @Override
  public Optional<Told> told(JobId id) {
    return ledger.read(() -> tables.told().last(id));
  }

  @Override
  public Optional<RepositoryConfigCopy> configuration(RepositoryName repository) {
    return ledger.read(() -> tables.repositories().configuration(repository));
  }

  @Override
  public void configuration(RepositoryName repository, RepositoryConfigCopy copy) {
    write(() -> tables.repositories().configuration(repository, copy));
  }

  /**
   * What GitHub is about to be told of: another thread may have committed it a moment ago, and be
   * on its way to the disk still.
   */
  private <T> List<T> onDisk(List<T> read) {
    if (!read.isEmpty()) {
      file.sync();
    }
    return read;
  }

  private void write(Runnable work) {
    written(() -> {
      work.run();
      return true;
    });
  }

  private <T> T written(Supplier<T> work) {
    T result = ledger.write(work);
    file.grown();
    return result;
  }
}

package dev.knight.fake;

import dev.knight.job.Assumption;
import dev.knight.job.Control;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mandate;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.Plan;
import dev.knight.job.Remark;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import dev.knight.job.RequestKey;
import dev.knight.job.Reservation;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store that forgets at the end of the test, and keeps every other promise of the interface. */
public final class MemoryJobStore implements JobStore {
  private final Map<ListOf, StreamAnchor> anchors = new HashMap<>();
  private final Set<JobId> merged = new HashSet<>();
  private final Map<String, Kept> mentions = new LinkedHashMap<>();
  private final TreeMap<JobId, Job> jobs = new TreeMap<>();
  private final Map<EffectKey, Effect> effects = new LinkedHashMap<>();
  private final Map<String, List<Remark>> remarks = new LinkedHashMap<>();
  private final Map<JobId, Map<Integer, Assumption>> assumptions = new HashMap<>();
  private final Map<String, Reply> replies = new LinkedHashMap<>();
  private final List<Event> story = new ArrayList<>();
  private final Map<JobId, Told> told = new HashMap<>();
  private final Map<RepositoryName, RepositoryConfigCopy> configurations = new HashMap<>();
  private final Set<JobId> unkept = new HashSet<>();
  private final Map<LocalDate, Map<JobId, Reservation>> reservations = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, KnownKey> keys = new HashMap<>();
  private final Map<String, Long> marks = new HashMap<>();
  private final JobChanges changes = new JobChanges();
  private long writes;

  private record ListOf(RepositoryName repository, StreamKind kind) {}

  private record EffectKey(JobId job, Effect.Kind kind, String key) {}

  private record Kept(
      Mention mention, Verdict verdict, Optional<JobId> job, boolean delivered, Instant at) {
    Kept heard() {
      return new Kept(mention, verdict, job, true, at);
    }
  }

  /** What was decided about the mention with that node id. */
  public synchronized Optional<Verdict> verdict(String nodeId) {
    return Optional.ofNullable(mentions.get(nodeId)).map(Kept::verdict);
  }

  /** All mentions with what was decided about them, oldest first. */
  public synchronized List<JudgedMention> judged() {
    return mentions.values().stream()
        .map(kept -> new JudgedMention(kept.mention(), kept.verdict()))
        .toList();
  }

  // ---- intake

  @Override
  public synchronized Optional<StreamAnchor> anchor(RepositoryName repository, StreamKind kind) {
    return Optional.ofNullable(anchors.get(new ListOf(repository, kind)));
  }

  @Override
  public synchronized Set<String> unseen(Collection<String> nodeIds) {
    return nodeIds.stream()
        .filter(id -> !mentions.containsKey(id))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Job> keep(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor anchor,
      List<JudgedMention> judged,
      Instant now) {
    List<Job> made = kept(repository, kind, anchor, judged, now);
    if (judged.stream().anyMatch(one -> one.verdict().isHeard())) {
      listeners.forEach(Runnable::run);
    }
    return made;
  }

  private synchronized List<Job> kept(
      RepositoryName repository,
      StreamKind kind,
      StreamAnchor anchor,
      List<JudgedMention> judged,
      Instant now) {
    writes++;
    anchors.put(new ListOf(repository, kind), anchor);
    List<Job> made = new ArrayList<>();
    for (JudgedMention one : judged) {
      Mention mention = one.mention();
      if (mentions.containsKey(mention.nodeId())) {
        continue;
      }
      boolean joins = goesOn(mention, one.open()).isPresent();
      mentions.put(
          mention.nodeId(), new Kept(mention, one.verdict(), Optional.empty(), false, now));
      if (one.verdict() == Verdict.STOP) {
        stop(mention, now);
      }
      if (one.verdict() == Verdict.ASIDE) {
        heard(mention, Verdict.ASIDE, now);
      }
      if (one.verdict() == Verdict.ACCEPTED && mention.editOf().isPresent()) {
        edited(mention.editOf().get(), mention, now);
        continue;
      }
      if (one.verdict() == Verdict.ACCEPTED) {
        remarks.put(mention.nodeId(), one.remarks());
        Job job = serve(mention, one.open(), now);
        if (!joins) {
          made.add(job);
        }
      }
    }
    return made;
  }

  @Override
  public synchronized long count(Verdict verdict, Person author, Instant since) {
    return kept(verdict, since).filter(by -> by.author().id() == author.id()).count();
  }

  @Override
  public synchronized long count(Verdict verdict, RepositoryName repository, Instant since) {
    return kept(verdict, since).filter(in -> in.subject().repository().equals(repository)).count();
  }

  private Stream<Mention> kept(Verdict verdict, Instant since) {
    return mentions.values().stream()
        .filter(kept -> kept.verdict() == verdict && kept.at().isAfter(since))
        .map(Kept::mention)
        .filter(mention -> mention.source().isOnGitHub());
  }

  @Override
  public Job accept(Mention mention, Instant now) {
    Job job = accepted(mention, now);
    listeners.forEach(Runnable::run);
    return job;
  }

  private synchronized Job accepted(Mention mention, Instant now) {
    writes++;
    mentions.putIfAbsent(
        mention.nodeId(), new Kept(mention, Verdict.ACCEPTED, Optional.empty(), false, now));
    return mentions
        .get(mention.nodeId())
        .job()
        .map(jobs::get)
        .orElseGet(() -> serve(mention, true, now));
  }

  private Job serve(Mention mention, boolean open, Instant now) {
    Optional<Job> there = goesOn(mention, open);
    Optional<Job> over = about(mention.subject());
    if (there.isEmpty() && mention.source() == Mention.Source.WATCH && over.isPresent()) {
      Optional<JobId> its = over.map(Job::id);
      mentions.put(mention.nodeId(), new Kept(mention, Verdict.ACCEPTED, its, false, now));
      return over.get();
    }
    boolean agrees =
        there.filter(Job::isPlanned).isPresent()
            && mention.order() == Order.GO
            && Plan.Proposed.holds(mention.text());
    Job job = there.map(one -> joined(one, mention, now)).orElseGet(() -> made(mention, now));
    mentions.put(
        mention.nodeId(), new Kept(mention, Verdict.ACCEPTED, Optional.of(job.id()), agrees, now));
    if (there.filter(running -> running.state() instanceof Running).isEmpty()) {
      react(mention, job.id(), now);
    }
    return job;
  }

  private void react(Mention mention, JobId job, Instant now) {
    if (mention.source().takesReactions()) {
      plan(job, Effect.Kind.REACTION, mention.nodeId(), now);
    }
  }

  private void stop(Mention mention, Instant now) {
    about(mention.subject())
        .filter(job -> !job.isFinished())
        .ifPresent(
            job -> stored(job.stop("%s said stop.".formatted(mention.author().login()), now)));
    heard(mention, Verdict.STOP, now);
  }

  private void edited(String nodeId, Mention edit, Instant now) {
    Kept before = mentions.get(nodeId);
    Optional<Job> job =
        before == null
            ? Optional.empty()
            : before.job().map(jobs::get).filter(it -> !it.isFinished());
    if (before == null || job.isEmpty()) {
      return;
    }
    Verdict verdict = Verdict.ACCEPTED;
    boolean request = before.verdict() == Verdict.ACCEPTED;
    if (!before.delivered() && job.get().attempt() == 0 && request) {
      Mention anew =
          before.mention().repeating(edit, edit.report().map(Mention.Report::text).orElseThrow());
      mentions.put(nodeId, new Kept(anew, Verdict.ACCEPTED, before.job(), false, before.at()));
      verdict = Verdict.ASIDE;
    } else {
      joined(job.get(), edit, now);
    }
    mentions.put(edit.nodeId(), new Kept(edit, verdict, before.job(), false, now));
    plan(job.get().id(), Effect.Kind.REACTION, edit.nodeId(), now);
  }

  private void heard(Mention mention, Verdict verdict, Instant now) {
    about(mention.subject())
        .ifPresent(job -> {
          mentions.put(
              mention.nodeId(), new Kept(mention, verdict, Optional.of(job.id()), false, now));
          plan(job.id(), Effect.Kind.REACTION, mention.nodeId(), now);
        });
  }

  @Override
  public synchronized Job accept(Mention mention, RequestKey key, Instant now) {
    writes++;
    return accepted(key, now)
        .orElseGet(() -> {
          Job job = accept(mention, now);
          keys.put(key.key(), new KnownKey(key.digest(), job.id(), now));
          return job;
        });
  }

  @Override
  public synchronized Optional<Job> accepted(RequestKey key, Instant now) {
    return Optional.ofNullable(keys.get(key.key()))
        .filter(known -> !known.at().isBefore(now.minus(RequestKey.KNOWN)))
        .map(known -> {
          key.refuseUnless(known.digest());
          return jobs.get(known.job());
        });
  }

  private record KnownKey(String digest, JobId job, Instant at) {}

  @Override
  public synchronized Optional<Job> about(Subject subject) {
    return active(subject)
        .or(() -> opened(subject).flatMap(job -> active(job.subject())))
        .or(() -> newest(subject))
        .or(() -> opened(subject));
  }

  private Optional<Job> newest(Subject subject) {
    return jobs.descendingMap().values().stream()
        .filter(job -> job.subject().equals(subject))
        .findFirst();
  }

  private Optional<Job> goesOn(Mention mention, boolean open) {
    boolean mayReopen = open && JobKind.of(mention.order()) == JobKind.IMPLEMENT;
    Optional<Job> active = active(mention.subject());
    return active
        .filter(job -> !mayReopen || job.kind() == JobKind.IMPLEMENT)
        .or(() ->
            opened(mention.subject())
                .filter(_ -> mayReopen)
                .flatMap(opener ->
                    active(opener.subject())
                        .or(() -> Optional.of(opener).filter(MemoryJobStore::isOver))))
        .or(() -> active)
        .or(() -> newest(mention.subject()).filter(job -> mayReopen && isUnanswered(job)));
  }

  private static boolean isOver(Job job) {
    return job.state() instanceof Done || job.state() instanceof Failed;
  }

  private boolean isUnanswered(Job job) {
    return job.state() instanceof Done
        && assumptions(job.id()).stream().anyMatch(one -> one.fate() == Assumption.Fate.OPEN);
  }

  private Job joined(Job there, Mention mention, Instant now) {
    return switch (there.state()) {
      case NeedsYou _ when there.isPlanned() && mention.order() == Order.GO ->
          stored(there.approve(mention.author().login(), Optional.of(mention.text()), now));
      case NeedsYou _ -> stored(there.answer(now));
      case Queued _ when there.attempt() == 0 && mention.order() == Order.PLAN ->
          stored(there.planFirst(now));
      case Done _, Failed _ -> stored(there.reopen(mention.at(), now));
      default -> there;
    };
  }

  private Job made(Mention mention, Instant now) {
    Job job =
        new Job(
            new JobId(jobs.size() + 1L),
            0,
            mention.subject(),
            JobKind.of(mention.order()),
            mention.title(),
            mention.author(),
            new Queued(),
            0,
            0,
            Optional.empty(),
            Spent.NOTHING,
            Setbacks.NONE,
            Optional.empty(),
            Mandate.of(mention.order()),
            now,
            now);
    jobs.put(job.id(), job);
    changes.tell(List.of(job.id()));
    return job;
  }

  private Optional<Job> active(Subject subject) {
    return jobs.values().stream()
        .filter(job -> job.subject().equals(subject) && !job.isFinished())
        .findFirst();
  }

  // ---- workers

  @Override
  public synchronized Optional<Job> claim(
      String owner, Instant leaseEnd, int perRepository, Instant now) {
    writes++;
    List<Predicate<Job>> order =
        List.of(
            job -> job.state() instanceof Running,
            job -> job.state() instanceof Retrying,
            job -> job.state() instanceof Queued);
    return order.stream()
        .flatMap(kind -> jobs.values().stream().filter(kind))
        .filter(job -> mayRun(job, now) && hasPlace(job, perRepository, now))
        .findFirst()
        .map(job -> stored(job.claim(owner, leaseEnd, now)));
  }

  @Override
  public synchronized Optional<Job> claim(JobId id, String owner, Instant leaseEnd, Instant now) {
    writes++;
    return Optional.ofNullable(jobs.get(id))
        .filter(job -> mayRun(job, now))
        .map(job -> stored(job.claim(owner, leaseEnd, now)));
  }

  private static boolean mayRun(Job job, Instant now) {
    return switch (job.state()) {
      case Queued _ -> true;
      case Retrying(Instant dueAt, _) -> !now.isBefore(dueAt);
      case Running(var lease, _) -> !now.isBefore(lease.expiresAt());
      case NeedsYou _, Finished _ -> false;
    };
  }

  private boolean hasPlace(Job job, int perRepository, Instant now) {
    long held =
        running().stream()
            .filter(other -> other.subject().repository().equals(job.subject().repository()))
            .filter(other -> !mayRun(other, now))
            .count();
    return held < perRepository;
  }

  @Override
  public synchronized List<Job> running() {
    return jobs.values().stream().filter(job -> job.state() instanceof Running).toList();
  }

  @Override
  public synchronized List<Job> controllable(Instant since) {
    return jobs.values().stream()
        .filter(job ->
            !job.isFinished()
                || (job.controls().contains(Control.EXTEND) && job.updatedAt().isAfter(since)))
        .toList();
  }

  @Override
  public synchronized boolean reserve(Job job, BigDecimal most, BigDecimal perDay, Instant now) {
    writes++;
    LocalDate day = Reservation.day(now);
    Map<JobId, Reservation> today = reservations.computeIfAbsent(day, _ -> new HashMap<>());
    Reservation own = today.get(job.id());
    Reservation wanted = own == null ? Reservation.of(job, most, day) : own.again(job, most);
    BigDecimal others =
        today.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(job.id()))
            .map(entry -> entry.getValue().held())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    boolean fits = others.add(wanted.held()).compareTo(perDay) <= 0;
    if (fits) {
      today.put(job.id(), wanted);
    }
    return fits;
  }

  private void settle(Job job) {
    LocalDate day = Reservation.day(job.updatedAt());
    for (LocalDate earlier : List.copyOf(reservations.keySet())) {
      Map<JobId, Reservation> held = reservations.getOrDefault(earlier, Map.of());
      Reservation open = held.get(job.id());
      if (open == null || !open.open()) {
        continue;
      }
      if (earlier.isBefore(day)) {
        held.put(job.id(), open.closed());
        reservations
            .computeIfAbsent(day, _ -> new HashMap<>())
            .put(job.id(), open.on(day).after(job));
      } else {
        held.put(job.id(), open.after(job));
      }
    }
  }

  @Override
  public synchronized List<Job> unkept() {
    return jobs.values().stream().filter(job -> unkept.contains(job.id())).toList();
  }

  @Override
  public void onWork(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<Job> replace(Job before, Job after, List<Event> events) {
    Optional<Job> stored = replaced(before, after, events);
    if (stored.isPresent() && !(after.state() instanceof Running)) {
      listeners.forEach(Runnable::run);
    }
    return stored;
  }

  private synchronized Optional<Job> replaced(Job before, Job after, List<Event> events) {
    writes++;
    Job current = jobs.get(before.id());
    if (current == null || current.version() != before.version()) {
      return Optional.empty();
    }
    if (current.isFinished() && !after.isFinished() && active(after.subject()).isPresent()) {
      return Optional.empty();
    }
    boolean stops =
        after.state() instanceof JobState.Stopped
            && after.attempt() > 0
            && !(current.state() instanceof JobState.Stopped);
    if (stops) {
      unkept.add(after.id());
    } else {
      unkept.remove(after.id());
    }
    settle(after);
    Job stored = stored(after);
    tell(events);
    if (stored.isFinished()) {
      serveUnheard(stored);
    }
    return Optional.of(stored);
  }

  /** Mentions that joined the job and that its agent never heard of get a job of their own. */
  private void serveUnheard(Job ended) {
    List<Mention> unheard =
        mentions(ended.id()).stream()
            .skip(1)
            .filter(stored -> !stored.delivered())
            .map(StoredMention::mention)
            .filter(mention -> mention.source() != Mention.Source.WATCH)
            .toList();
    unheard.forEach(mention -> serve(mention, false, ended.updatedAt()));
  }

  private Job stored(Job job) {
    Job stored =
        new Job(
            job.id(),
            job.version() + 1,
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
    jobs.put(stored.id(), stored);
    changes.tell(List.of(stored.id()));
    return stored;
  }

  @Override
  public synchronized void tell(List<Event> events) {
    writes++;
    for (Event event : events) {
      story.add(new Event(story.size() + 1L, event.job(), event.at(), event.kind(), event.text()));
      changes.tell(List.of(event.job()));
    }
  }

  @Override
  public synchronized List<Remark> remarks(String review) {
    return remarks.getOrDefault(review, List.of());
  }

  @Override
  public synchronized List<StoredMention> mentions(JobId id) {
    return mentions.values().stream()
        .filter(kept -> kept.verdict() == Verdict.ACCEPTED)
        .flatMap(MemoryJobStore::served)
        .filter(stored -> stored.job().equals(id))
        .sorted(Comparator.comparing(stored -> stored.mention().at()))
        .toList();
  }

  @Override
  public synchronized void delivered(Collection<String> nodeIds) {
    writes++;
    Set<String> heard = new HashSet<>(nodeIds);
    mentions.replaceAll((id, kept) -> heard.contains(id) ? kept.heard() : kept);
    mentions.values().stream()
        .filter(kept -> heard.contains(kept.mention().nodeId()))
        .forEach(kept ->
            kept.job()
                .flatMap(this::find)
                .ifPresent(job -> react(kept.mention(), job.id(), job.updatedAt())));
  }

  private static Stream<StoredMention> served(Kept kept) {
    return kept.job().stream().map(job -> new StoredMention(kept.mention(), job, kept.delivered()));
  }

  // ---- effects

  @Override
  public synchronized Effect plan(JobId job, Effect.Kind kind, String key, Instant now) {
    writes++;
    changes.tell(List.of(job));
    return effects.computeIfAbsent(
        new EffectKey(job, kind, key), _ -> Effect.planned(job, kind, key, now));
  }

  @Override
  public synchronized void settle(Effect effect) {
    writes++;
    EffectKey key = new EffectKey(effect.job(), effect.kind(), effect.key());
    if (effects.replace(key, effect) == null) {
      throw new IllegalStateException("Nobody planned " + key);
    }
    changes.tell(List.of(effect.job()));
  }

  @Override
  public synchronized boolean advance(Effect before, Effect after) {
    writes++;
    EffectKey key = new EffectKey(before.job(), before.kind(), before.key());
    Effect now = effects.get(key);
    boolean same = now != null && now.isAsFarAs(before);
    if (same) {
      effects.put(key, after);
      changes.tell(List.of(after.job()));
    }
    return same;
  }

  @Override
  public synchronized List<Effect> unsettled(Effect.Kind kind) {
    return effects.values().stream()
        .filter(effect -> effect.kind() == kind && isOpen(effect.state()))
        .toList();
  }

  private static boolean isOpen(Effect.State state) {
    return switch (state) {
      case INTENT, UNKNOWN -> true;
      case DONE, GIVEN_UP -> false;
    };
  }

  @Override
  public synchronized List<Effect> toCheck() {
    return effects.values().stream()
        .filter(effect -> effect.checkAt().isPresent())
        .sorted(Comparator.comparing(effect -> effect.checkAt().orElseThrow()))
        .toList();
  }

  @Override
  public synchronized List<Effect> effects(JobId id) {
    return effects.values().stream().filter(effect -> effect.job().equals(id)).toList();
  }

  // ---- assumptions

  @Override
  public synchronized void assume(JobId id, List<Assumption> made) {
    writes++;
    Map<Integer, Assumption> mine = assumptions.computeIfAbsent(id, _ -> new TreeMap<>());
    made.forEach(one -> mine.merge(one.number(), one, (held, now) -> held.as(now.fate())));
  }

  @Override
  public synchronized List<Assumption> assumptions(JobId id) {
    return List.copyOf(assumptions.getOrDefault(id, Map.of()).values());
  }

  // ---- replies

  @Override
  public synchronized Reply reply(Reply wanted) {
    writes++;
    return replies.computeIfAbsent(wanted.key(), _ -> wanted);
  }

  @Override
  public synchronized Optional<Reply> reply(String key) {
    return Optional.ofNullable(replies.get(key));
  }

  @Override
  public synchronized List<Reply> unmade() {
    return replies.values().stream().filter(reply -> isOpen(reply.state())).toList();
  }

  @Override
  public synchronized boolean advance(Reply before, Reply after) {
    writes++;
    Reply now = replies.get(before.key());
    boolean same = now != null && now.isAsFarAs(before);
    if (same) {
      replies.put(before.key(), after);
    }
    return same;
  }

  /** Every reply that was ever planned, oldest first. */
  public synchronized List<Reply> replies() {
    return List.copyOf(replies.values());
  }

  @Override
  public synchronized List<Job> published(Instant since) {
    return jobs.values().stream()
        .filter(job -> job.state() instanceof Done && job.updatedAt().isAfter(since))
        .toList();
  }

  @Override
  public synchronized Optional<Job> opened(Subject subject) {
    return effects.values().stream()
        .filter(effect -> effect.kind() == Effect.Kind.PULL_REQUEST)
        .filter(effect -> effect.externalId().equals(Optional.of(Long.toString(subject.number()))))
        .map(effect -> jobs.get(effect.job()))
        .filter(job -> job.subject().repository().equals(subject.repository()))
        .findFirst();
  }

  @Override
  public synchronized void merged(Subject pull, Instant at, Instant now) {
    writes++;
    opened(pull)
        .filter(job -> merged.add(job.id()))
        .ifPresent(
            job -> tell(List.of(Event.of(job.id(), now, "merged", "Its pull request was merged"))));
  }

  // ---- reading

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized Optional<StoredMention> mention(String nodeId) {
    return Optional.ofNullable(mentions.get(nodeId)).stream()
        .flatMap(MemoryJobStore::served)
        .findFirst();
  }

  @Override
  public synchronized List<Job> jobs(JobQuery query) {
    return jobs.descendingMap().values().stream()
        .filter(job -> query.states().isEmpty() || query.states().contains(job.state().word()))
        .filter(job -> query.repository().stream().allMatch(job.subject().repository()::equals))
        .filter(
            job -> query.requester().stream().allMatch(job.requester().login()::equalsIgnoreCase))
        .filter(job -> query.before().stream().allMatch(last -> job.id().value() < last.value()))
        .filter(job -> query.words().stream().allMatch(word -> says(job, word)))
        .limit(query.limit())
        .toList();
  }

  private boolean says(Job job, String word) {
    if (word.matches("#\\d{1,18}")) {
      long number = Long.parseLong(word.substring(1));
      return number == job.subject().number() || number == job.id().value();
    }
    Stream<String> own =
        Stream.of(
            job.title(),
            job.subject().repository().toString(),
            job.requester().login(),
            job.reason().orElse(""));
    return Stream.concat(own, mentions(job.id()).stream().map(one -> one.mention().text()))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(word));
  }

  @Override
  public synchronized List<Event> events(JobId id, long after) {
    return story.stream()
        .filter(event -> event.job().equals(id) && event.sequence() > after)
        .toList();
  }

  @Override
  public synchronized List<Event> events(long after, int most) {
    return story.stream().filter(event -> event.sequence() > after).limit(most).toList();
  }

  @Override
  public synchronized long lastEvent() {
    return story.size();
  }

  @Override
  public synchronized OptionalLong readUpTo(String reader) {
    Long event = marks.get(reader);
    return event == null ? OptionalLong.empty() : OptionalLong.of(event);
  }

  @Override
  public synchronized void readUpTo(String reader, long event) {
    writes++;
    marks.put(reader, event);
  }

  @Override
  public JobChanges changes() {
    return changes;
  }

  @Override
  public synchronized long writes() {
    return writes;
  }

  // ---- the status comment

  @Override
  public synchronized List<Job> untold() {
    return jobs.values().stream()
        .filter(job -> told(job.id()).filter(last -> last.version() >= job.version()).isEmpty())
        .sorted(Comparator.comparing(Job::updatedAt))
        .toList();
  }

  @Override
  public synchronized void told(JobId id, long version, String digest, Instant now) {
    writes++;
    told.put(id, new Told(version, digest, now));
  }

  @Override
  public synchronized Optional<Told> told(JobId id) {
    return Optional.ofNullable(told.get(id));
  }

  // ---- repositories

  @Override
  public synchronized Optional<RepositoryConfigCopy> configuration(RepositoryName repository) {
    return Optional.ofNullable(configurations.get(repository));
  }

  @Override
  public synchronized void configuration(RepositoryName repository, RepositoryConfigCopy copy) {
    writes++;
    configurations.put(repository, copy);
  }
}

package dev.knight.store;

import static dev.knight.job.Verdict.ACCEPTED;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Fate;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Failure;
import dev.knight.job.Hold;
import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Stopped;
import dev.knight.job.JobStore;
import dev.knight.job.JobStore.Told;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.Plan;
import dev.knight.job.RefusedException;
import dev.knight.job.Remark;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import dev.knight.job.RequestKey;
import dev.knight.job.Setbacks;
import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What {@link JobStore} promises, on a real file. */
@QuarkusTest
@TestProfile(StoreOnDisk.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseJobStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final Failure AWAY = new Failure.Own("GitHub is away", Optional.empty());
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final RepositoryName ENGINE = RepositoryName.parse("Ada/Engine");
  private static final RepositoryName MILL = RepositoryName.parse("ada/mill");
  private static final URI PULL_REQUEST = URI.create("https://github.com/Ada/Engine/pull/90");
  private static final StreamAnchor ANCHOR = new StreamAnchor(NOW, Optional.of("\"abc\""));

  @Inject JobStore store;
  @Inject Ledger ledger;
  @Inject Acceptance acceptance;
  @Inject Sql sql;
  @Inject JobRows jobs;
  @Inject Connections connections;

  @BeforeEach
  void empty_the_store() {
    List<String> tables =
        List.of(
            "request_key",
            "read_mark",
            "reservation",
            "assumption",
            "reply",
            "told",
            "effect",
            "event",
            "mention",
            "attempt",
            "job",
            "stream",
            "repository");
    ledger.write(() -> tables.stream().mapToInt(table -> sql.change("delete from " + table)).sum());
  }

  /** Who reads the file by itself reads what was written here. */
  @AfterEach
  void a_glance_sees_the_same() {
    try (StoreGlance glance =
        new StoreGlance(Optional.of(connections.database().getConnection()))) {
      JobQuery all = JobQuery.newest(100);
      List<Job> jobs = store.jobs(all);
      assertThat(glance.jobs(all)).isEqualTo(jobs);
      for (JobQuery query :
          List.of(
              all.in(Set.of("queued", "done", "failed")),
              all.of(ENGINE),
              all.by("ADA"),
              all.with("stalls #7"),
              all.with("50%_!"))) {
        assertThat(glance.jobs(query)).isEqualTo(store.jobs(query));
      }
      for (Job job : jobs) {
        assertThat(glance.find(job.id())).contains(job);
        assertThat(glance.events(job.id(), 0)).isEqualTo(store.events(job.id(), 0));
        assertThat(glance.effects(job.id())).isEqualTo(store.effects(job.id()));
      }
    } catch (SQLException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  // ---- intake

  @Test
  void an_accepted_mention_becomes_a_queued_job() {
    Mention mention = mention("n1", ENGINE, 7);

    List<Job> made = keep(mention);

    Job job = made.getFirst();
    assertThat(made).hasSize(1);
    assertThat(job.state()).isEqualTo(new Queued());
    assertThat(job.subject()).isEqualTo(mention.subject());
    assertThat(job.title()).isEqualTo("Engine stalls");
    assertThat(job.requester()).isEqualTo(new Person(1, "ada"));
    assertThat(job.attempt()).isZero();
    assertThat(job.spent()).isEqualTo(Spent.NOTHING);
    assertThat(job.createdAt()).isEqualTo(NOW);
    assertThat(store.find(job.id())).contains(job);
    assertThat(store.jobs(10)).containsExactly(job);
    assertThat(store.mentions(job.id()))
        .containsExactly(new StoredMention(mention, job.id(), false));
    assertThat(kinds(job)).containsExactly("accepted");
  }

  @Test
  void the_same_page_read_twice_makes_one_job_and_one_reaction() {
    Job job = keep(mention("n1", ENGINE, 7)).getFirst();

    assertThat(keep(mention("n1", ENGINE, 7))).isEmpty();

    assertThat(store.jobs(10)).containsExactly(job);
    assertThat(store.effects(job.id())).hasSize(1);
    assertThat(kinds(job)).containsExactly("accepted");
  }

  @Test
  void the_same_mention_twice_on_one_page_makes_one_job() {
    assertThat(keep(mention("n1", ENGINE, 7), mention("n1", ENGINE, 7))).hasSize(1);
    assertThat(store.jobs(10)).hasSize(1);
  }

  @Test
  void an_accepted_mention_gets_its_reaction_planned() {
    Job job = keep(mention("n1", ENGINE, 7)).getFirst();

    assertThat(store.unsettled(Effect.Kind.REACTION))
        .singleElement()
        .isEqualTo(Effect.planned(job.id(), Effect.Kind.REACTION, "n1", NOW));
  }

  @Test
  void a_second_mention_joins_the_job_that_is_under_way() {
    Job job = keep(mention("n1", ENGINE, 7)).getFirst();

    assertThat(keep(mention("n2", ENGINE, 7))).isEmpty();

    assertThat(store.jobs(10)).hasSize(1);
    assertThat(store.mentions(job.id())).hasSize(2);
    assertThat(store.events(job.id(), 0).getLast().text()).startsWith("ada added: please");
    assertThat(store.unsettled(Effect.Kind.REACTION)).hasSize(2);
  }

  @Test
  void spelling_a_repository_differently_makes_no_second_job() {
    keep(mention("n1", RepositoryName.parse("Ada/Engine"), 7));

    assertThat(keep(mention("n2", RepositoryName.parse("ada/engine"), 7))).isEmpty();
  }

  @Test
  void a_mention_after_the_end_makes_a_new_job() {
    Job first = finish(started("n1"), new NoChange("was so already"));

    Job second = keep(mention("n2", ENGINE, 7)).getFirst();

    assertThat(second.id()).isEqualTo(new JobId(first.id().value() + 1));
  }

  @Test
  void what_was_kept_since_a_time_is_counted_by_author_and_by_repository() {
    JudgedMention limited = new JudgedMention(mention("n2", ENGINE, 7), Verdict.LIMITED);
    keep(mention("n1", ENGINE, 7));
    store.keep(ENGINE, StreamKind.ISSUES, ANCHOR, List.of(limited), NOW);
    store.accept(hand("hand:1", 7), NOW);
    Instant before = NOW.minusSeconds(1);
    RepositoryName sameInCapitals =
        RepositoryName.parse(ENGINE.toString().toUpperCase(Locale.ROOT));

    assertThat(store.count(ACCEPTED, new Person(1, "renamed"), before)).isEqualTo(1);
    assertThat(store.count(Verdict.LIMITED, new Person(1, "ada"), before)).isEqualTo(1);
    assertThat(store.count(ACCEPTED, new Person(2, "ada"), before)).isZero();
    assertThat(store.count(ACCEPTED, new Person(1, "ada"), NOW)).isZero();
    assertThat(store.count(ACCEPTED, sameInCapitals, before)).isEqualTo(1);
    assertThat(store.count(ACCEPTED, RepositoryName.parse("ada/other"), before)).isZero();
  }

  @Test
  void what_a_mention_stands_under_is_kept_with_it() {
    Mention alone = mention("n1", ENGINE, 7);
    Mention mention =
        new Mention(
            alone.nodeId(),
            alone.subject(),
            alone.source(),
            alone.sourceId(),
            alone.author(),
            alone.title(),
            alone.text(),
            alone.link(),
            alone.at(),
            Optional.of(new Mention.Report(new Person(2, "grace"), "It stalls in winter.")));

    Job job = keep(mention).getFirst();

    assertThat(store.mentions(job.id()))
        .containsExactly(new StoredMention(mention, job.id(), false));
  }

  @Test
  void a_stranger_is_remembered_but_gets_neither_job_nor_reaction() {
    List<JudgedMention> judged =
        Arrays.stream(Verdict.values())
            .filter(verdict -> verdict != ACCEPTED)
            .map(verdict -> new JudgedMention(mention(verdict.name(), ENGINE, 7), verdict))
            .toList();

    assertThat(store.keep(ENGINE, StreamKind.ISSUES, ANCHOR, judged, NOW)).isEmpty();

    assertThat(store.jobs(10)).isEmpty();
    assertThat(store.unsettled(Effect.Kind.REACTION)).isEmpty();
    assertThat(store.unseen(List.of("STRANGER", "BOT", "STALE", "n9"))).containsExactly("n9");
    assertThat(store.mention("STRANGER")).isEmpty();
  }

  @Test
  void a_stop_ends_the_active_job_and_gets_its_reaction() {
    Job running = started("n1");

    stop(mention("n2", ENGINE, 7));

    assertThat(store.find(running.id()).orElseThrow().state().word()).isEqualTo("stopped");
    assertThat(store.replace(running, running.enter(Step.VERIFY, NOW), List.of())).isEmpty();
    assertThat(store.unsettled(Effect.Kind.REACTION))
        .extracting(Effect::key)
        .containsExactly("n1", "n2");
    assertThat(store.mentions(running.id())).hasSize(1);
    assertThat(store.jobs(10)).hasSize(1);
  }

  @Test
  void a_stop_on_the_pull_request_ends_the_active_job_of_its_issue() {
    Job first = started("n1");
    pullRequest(first, "9");
    finish(first, new Done(PULL_REQUEST, false, "made"));
    Job second = started("n2");

    stop(mention("n3", ENGINE, 9));

    assertThat(store.find(second.id()).orElseThrow().state().word()).isEqualTo("stopped");
  }

  @Test
  void a_stop_without_an_active_job_gets_its_reaction_alone() {
    Job job = finish(started("n1"), new NoChange("was so already"));

    stop(mention("n2", ENGINE, 7));

    assertThat(store.find(job.id())).contains(job);
    assertThat(store.jobs(10)).hasSize(1);
    assertThat(store.unsettled(Effect.Kind.REACTION)).extracting(Effect::key).contains("n2");
  }

  @Test
  void an_answer_wakes_the_job_that_waits_for_it() {
    Job running = started("n1");
    Job asked = replace(running, running.ask("Which one?", NOW));

    keep(mention("n2", ENGINE, 7));

    Job woken = store.find(asked.id()).orElseThrow();
    assertThat(woken.state()).isEqualTo(new Queued());
    assertThat(woken.version()).isGreaterThan(asked.version());
  }

  @Test
  void where_a_stream_stands_is_kept_with_its_mentions() {
    assertThat(store.anchor(ENGINE, StreamKind.ISSUES)).isEmpty();
    keep(mention("n1", ENGINE, 7));
    StreamAnchor next = new StreamAnchor(LATER, Optional.empty());

    store.keep(RepositoryName.parse("ada/engine"), StreamKind.ISSUES, next, List.of(), LATER);

    assertThat(store.anchor(ENGINE, StreamKind.ISSUES)).contains(next);
    assertThat(store.anchor(ENGINE, StreamKind.REVIEW_COMMENTS)).isEmpty();
  }

  @Test
  void nothing_of_a_page_is_kept_if_part_of_it_cannot_be() {
    Mention impossible = mention("x".repeat(300), ENGINE, 8);

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> keep(mention("n1", ENGINE, 7), impossible));

    assertThat(store.anchor(ENGINE, StreamKind.ISSUES)).isEmpty();
    assertThat(store.jobs(10)).isEmpty();
    assertThat(store.unseen(List.of("n1"))).containsExactly("n1");
  }

  @Test
  void a_request_by_hand_becomes_a_job_without_a_reaction() {
    Mention hand = hand("hand:1", 7);

    Job job = store.accept(hand, NOW);

    assertThat(job.state()).isEqualTo(new Queued());
    assertThat(store.effects(job.id())).isEmpty();
    assertThat(store.mention("hand:1")).contains(new StoredMention(hand, job.id(), false));
    assertThat(store.accept(hand, LATER)).isEqualTo(job);
  }

  @Test
  void a_request_by_hand_joins_the_job_that_is_under_way() {
    Job job = keep(mention("n1", ENGINE, 7)).getFirst();

    assertThat(store.accept(hand("hand:1", 7), NOW).id()).isEqualTo(job.id());
  }

  @Test
  void an_endless_text_is_cut_and_says_so() {
    Mention mention = mention("n1", ENGINE, 7, "x".repeat(200_000), "t".repeat(1_000));

    Job job = keep(mention).getFirst();

    Mention kept = store.mentions(job.id()).getFirst().mention();
    assertThat(kept.text()).hasSizeLessThan(70_000).endsWith("[cut: it had 200000 characters]");
    assertThat(job.title()).hasSize(300).endsWith("[cut: it had 1000 characters]");
    assertThat(store.events(job.id(), 0).getFirst().text()).hasSize(200).endsWith("…");
  }

  @Test
  void a_key_makes_a_request_happen_once_for_a_month() {
    IssueUrl url = IssueUrl.parse("https://github.com/ada/engine/issues/7");
    RequestKey key = RequestKey.of("k1", url, Optional.of("x"));
    RequestKey other = RequestKey.of("k1", url, Optional.of("y"));
    Job job = store.accept(mention("h1", ENGINE, 7), key, NOW);
    store.replace(job, job.stop("no", NOW), List.of());

    assertThat(store.accept(mention("h2", ENGINE, 7), key, LATER).id()).isEqualTo(job.id());
    assertThat(store.accepted(key, NOW).map(Job::id)).contains(job.id());
    assertThat(store.jobs(9)).hasSize(1);
    assertThat(store.mention("h2")).isEmpty();
    assertThatThrownBy(() -> store.accepted(other, NOW)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> store.accept(mention("h3", ENGINE, 7), other, LATER))
        .isInstanceOf(RefusedException.class);

    Instant afterAMonth = NOW.plus(RequestKey.KNOWN).plusSeconds(1);
    assertThat(store.accepted(key, afterAMonth)).isEmpty();
    Job anew = store.accept(mention("h4", ENGINE, 7), other, afterAMonth);
    assertThat(anew.id()).isNotEqualTo(job.id());
    assertThat(store.accepted(other, afterAMonth).map(Job::id)).contains(anew.id());
  }

  @Test
  void how_far_somebody_has_read_is_kept() {
    assertThat(store.readUpTo("a")).isEmpty();

    store.readUpTo("a", 7);
    store.readUpTo("b", 3);
    store.readUpTo("a", 9);

    assertThat(store.readUpTo("a")).hasValue(9);
    assertThat(store.readUpTo("b")).hasValue(3);
  }

  // ---- looking for jobs

  @Test
  void a_query_leaves_out_what_was_not_asked_for() {
    Job engine = keep(mention("n1", ENGINE, 7)).getFirst();
    Job mill = keep(mention("n2", MILL, 8)).getFirst();
    Job stopped = store.replace(mill, mill.stop("100%_sure of it!", NOW), List.of()).orElseThrow();
    JobQuery all = JobQuery.newest(10);

    assertThat(store.jobs(all)).containsExactly(stopped, engine);
    assertThat(store.jobs(all.in(Set.of("stopped", "failed")))).containsExactly(stopped);
    assertThat(store.jobs(all.of(RepositoryName.parse("ADA/engine")))).containsExactly(engine);
    assertThat(store.jobs(all.by("ADA"))).hasSize(2);
    assertThat(store.jobs(all.by("eve"))).isEmpty();
    assertThat(store.jobs(all.with("  engine STALLS "))).hasSize(2);
    assertThat(store.jobs(all.with("stalls mill"))).containsExactly(stopped);
    assertThat(store.jobs(all.with("100%_sure it!"))).containsExactly(stopped);
    assertThat(store.jobs(all.with("1__%_sure"))).isEmpty();
    assertThat(store.jobs(all.with("' or 1=1 --"))).isEmpty();
    assertThat(store.jobs(all.with("#7"))).contains(engine).doesNotContain(stopped);
    assertThat(store.jobs(all.with("#" + stopped.id()))).containsExactly(stopped);
    assertThat(store.jobs(all.with(store.mentions(engine.id()).getFirst().mention().text())))
        .contains(engine);
    assertThat(store.jobs(JobQuery.newest(1))).containsExactly(stopped);
    assertThat(store.jobs(JobQuery.newest(1).after(stopped.id()))).containsExactly(engine);
    assertThat(store.jobs(JobQuery.newest(1).after(engine.id()))).isEmpty();
  }

  @Test
  void the_stories_of_all_jobs_are_one_in_order() {
    Job engine = keep(mention("n1", ENGINE, 7)).getFirst();
    long before = store.lastEvent();
    Job mill = keep(mention("n2", MILL, 8)).getFirst();
    store.tell(List.of(Event.of(engine.id(), NOW, "step", "It goes on")));

    List<Event> after = store.events(before, 10);

    assertThat(after).extracting(Event::job).containsExactly(mill.id(), engine.id());
    assertThat(after.getLast().sequence()).isEqualTo(store.lastEvent());
    assertThat(store.events(before, 1)).containsExactly(after.getFirst());
    assertThat(store.events(store.lastEvent(), 10)).isEmpty();
  }

  @Test
  void every_write_tells_which_jobs_it_changed() throws InterruptedException {
    try (JobChanges.Ear ear = store.changes().listen()) {
      Job engine = keep(mention("n1", ENGINE, 7)).getFirst();
      assertThat(ear.await(Duration.ZERO)).containsExactly(engine.id());

      Job mill = keep(mention("n2", MILL, 8)).getFirst();
      store.claim(engine.id(), "w", LATER, NOW);
      assertThat(ear.await(Duration.ZERO)).containsExactly(mill.id(), engine.id());

      Effect effect = store.plan(mill.id(), Effect.Kind.REACTION, "x", NOW);
      assertThat(ear.await(Duration.ZERO)).containsExactly(mill.id());
      assertThat(store.advance(effect, effect.begun(NOW))).isTrue();
      assertThat(ear.await(Duration.ZERO)).containsExactly(mill.id());

      assertThat(store.replace(mill, mill.stop("no", NOW), List.of())).isPresent();
      assertThat(ear.await(Duration.ZERO)).containsExactly(mill.id());
      assertThat(store.replace(mill, mill.stop("late", NOW), List.of())).isEmpty();
      assertThat(ear.await(Duration.ZERO)).isEmpty();
    }
  }

  // ---- workers

  @Test
  void a_claim_takes_the_oldest_job_and_tells_of_its_attempt() {
    Job oldest = keep(mention("n1", ENGINE, 7)).getFirst();
    keep(mention("n2", ENGINE, 8));

    Job claimed = claim("w1", LATER).orElseThrow();

    assertThat(claimed.id()).isEqualTo(oldest.id());
    assertThat(claimed).isEqualTo(store.find(oldest.id()).orElseThrow());
    assertThat(claimed.state().word()).isEqualTo("running");
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(store.events(claimed.id(), 0).getLast().text()).isEqualTo("Attempt 1 started");
    assertThat(attempts(claimed)).containsExactly("1 1 w1 open");
  }

  @Test
  void begun_work_is_claimed_before_new_work() {
    Job abandoned = started("n1", 7);
    Job retrying = started("n2", 8);
    replace(retrying, retrying.retryAt(LATER, AWAY, NOW));
    Job queued = keep(mention("n3", ENGINE, 9)).getFirst();

    List<JobId> order =
        List.of(1, 2, 3).stream()
            .map(_ -> store.claim("w2", LATER.plusSeconds(60), 9, LATER).orElseThrow().id())
            .toList();

    assertThat(order).containsExactly(abandoned.id(), retrying.id(), queued.id());
  }

  @Test
  void what_is_held_is_kept_until_somebody_lets_it_through() {
    Job running = started("n1", 7);
    started("n2", 8);
    Job asking = started("n3", 9);
    replace(asking, asking.ask("Which one?", NOW));
    Hold hold = new Hold("4b825dc642cb6eb9a060e54bf8d69288fbee4904", "+on: schedule");

    Job held = replace(running, running.hold(hold, "Look at it", NOW));

    assertThat(store.find(held.id()).orElseThrow().hold()).contains(hold);
    Job released = replace(held, held.letThrough("ada", NOW));
    assertThat(store.find(held.id())).contains(released);
    assertThat(released.mayPublish(hold.tree())).isTrue();
  }

  @Test
  void people_can_do_something_to_what_is_not_over_and_to_what_a_limit_ended_lately() {
    Job waits = started("n1", 7);
    replace(waits, waits.ask("Which one?", NOW));
    Job broken = started("n2", 8);
    finish(broken, new Failed("broken", Optional.empty()));
    Job limited = started("n3", 9);
    finish(limited, new Failed("The time is up.", Optional.empty(), true));

    assertThat(store.controllable(NOW.minusSeconds(1)))
        .extracting(Job::id)
        .containsExactlyInAnyOrder(waits.id(), limited.id());
    assertThat(store.controllable(NOW.plusSeconds(99)))
        .extracting(Job::id)
        .containsExactly(waits.id());
  }

  @Test
  void a_job_goes_on_after_its_end_unless_another_one_is_at_work_there() {
    Job ended = finish(started("n1"), new Failed("The time is up.", Optional.empty(), true));
    Job other = started("n2");

    assertThat(store.replace(ended, ended.extend("ada", NOW, LATER), List.of())).isEmpty();
    finish(other, new NoChange("was so already"));
    Job again = replace(ended, ended.extend("ada", NOW, LATER));

    assertThat(again.mandate().since()).contains(NOW);
    assertThat(again.mandate().extendedBy()).contains("ada");
    assertThat(store.find(ended.id())).contains(again);
    assertThat(claim("w2", LATER).orElseThrow().id()).isEqualTo(ended.id());
  }

  @Test
  void a_plan_is_kept_without_secrets_until_somebody_says_go() {
    Job running = started("n1");
    Job proposed = replace(running, running.propose("1. Print ghp_" + "a".repeat(36), NOW));
    assertThat(proposed.isPlanned()).isTrue();
    assertThat(proposed.mandate().plan().toString()).doesNotContain("ghp_a");

    keep(ordered(mention("n2", ENGINE, 7), Order.GO));

    Job agreed = store.find(running.id()).orElseThrow();
    assertThat(agreed.state().word()).isEqualTo("queued");
    assertThat(agreed.mandate().plan()).isInstanceOf(Plan.Approved.class);
    assertThat(store.mentions(running.id()).getLast().delivered()).isTrue();
  }

  @Test
  void who_asks_for_a_plan_gets_a_job_that_begins_with_one() {
    keep(ordered(mention("n1", ENGINE, 7), Order.PLAN));
    keep(mention("n2", ENGINE, 8));
    keep(ordered(mention("n3", ENGINE, 8), Order.PLAN));

    assertThat(store.jobs(9))
        .allSatisfy(job -> assertThat(job.mandate().plan()).isEqualTo(new Plan.Wanted()));
  }

  private static Mention ordered(Mention mention, Order order) {
    return new Mention(
        mention.nodeId(),
        mention.subject(),
        mention.source(),
        mention.sourceId(),
        mention.author(),
        mention.title(),
        mention.text(),
        mention.link(),
        mention.at(),
        mention.report(),
        order);
  }

  @Test
  void a_long_diff_is_held_as_far_as_it_fits() {
    Job running = started("n1", 7);

    Job held = replace(running, running.hold(new Hold("abc", "x".repeat(9_000)), "Look", NOW));

    assertThat(held.hold().orElseThrow().diff()).hasSize(8_000).endsWith("9000 characters]");
  }

  @Test
  void an_answer_to_a_held_job_holds_nothing_any_more() {
    Job running = started("n1", 7);
    replace(running, running.hold(new Hold("abc", "+x"), "Look", NOW));

    keep(mention("n2", ENGINE, 7));

    Job job = store.find(running.id()).orElseThrow();
    assertThat(job.state()).isEqualTo(new Queued());
    assertThat(job.hold()).isEmpty();
  }

  @Test
  void what_is_done_with_a_pull_request_is_listed_as_long_as_it_is_young() {
    Job running = started("n1", 7);
    Job without = started("n2", 8);
    replace(without, without.finish(new NoChange("Nothing"), NOW));
    Done end = new Done(URI.create("https://github.test/ada/engine/pull/9"), true, "Done");

    Job done = replace(running, running.finish(end, NOW));
    assertThat(store.published(NOW.minusSeconds(1))).containsExactly(done);
    assertThat(store.published(NOW)).isEmpty();

    Job ready = replace(done, done.ready(NOW.plusSeconds(1)));
    assertThat(store.published(NOW)).containsExactly(ready);
    assertThat(ready.state()).isEqualTo(new Done(end.pullRequest(), false, "Done"));
    assertThat(store.untold()).contains(ready);
  }

  @Test
  void every_running_job_is_listed_whoever_has_it() {
    Job first = started("n1", 7);
    Job second = started("n2", 8);
    keep(mention("n3", ENGINE, 9));

    assertThat(store.running()).containsExactly(first, second);
  }

  /** The store has whole microseconds, and a clock may have more. */
  @Test
  void who_makes_or_claims_a_job_gets_it_as_the_store_has_it() {
    Instant now = NOW.plusNanos(789);

    Job made = store.accept(mention("n1", ENGINE, 7), now);
    assertThat(made).isEqualTo(store.find(made.id()).orElseThrow());

    Job claimed = store.claim("w1", LATER.plusNanos(789), 9, now).orElseThrow();
    assertThat(claimed).isEqualTo(store.find(made.id()).orElseThrow());
  }

  /** So that one save serves both. */
  @Test
  void who_is_to_take_a_job_is_called_while_it_is_made_and_gets_it() throws Exception {
    AtomicBoolean isCalled = new AtomicBoolean();
    BlockingQueue<Boolean> written = new LinkedBlockingQueue<>();
    BlockingQueue<Future<Optional<Job>>> claims = new LinkedBlockingQueue<>();
    store.onWork(() -> {
      if (!isCalled.getAndSet(true)) {
        written.add(!ledger.isWriting());
        claims.add(supplyAsync(() -> claim("w1", LATER), Thread::startVirtualThread));
      }
    });

    Job made = store.accept(mention("n1", ENGINE, 7), NOW);

    assertThat(written).containsExactly(false);
    assertThat(claims.remove().get(60, TimeUnit.SECONDS)).map(Job::id).contains(made.id());
  }

  /** Before that there is nothing to read yet, and the agent would work on until the next tick. */
  @Test
  void who_is_at_work_is_called_when_what_was_said_to_it_can_be_read() {
    started("n1");
    List<Boolean> written = new ArrayList<>();
    store.onWork(() -> written.add(!ledger.isWriting()));

    keep(mention("n2", ENGINE, 7));
    assertThat(written).endsWith(true);
    written.clear();

    stop(mention("n3", ENGINE, 7));
    assertThat(written).containsExactly(true);
    written.clear();

    started("n4", 8);
    store.accept(mention("n5", ENGINE, 8), NOW);
    assertThat(written).endsWith(true);
  }

  @Test
  void workers_are_called_when_there_is_work_and_only_then() {
    AtomicInteger calls = new AtomicInteger();
    store.onWork(calls::incrementAndGet);

    Job job = started("n1");
    assertThat(calls).hasValue(1);
    Job entered = replace(job, job.enter(Step.IMPLEMENT, NOW));
    store.tell(List.of(Event.of(job.id(), NOW, "prompt", "Told the agent")));
    assertThat(calls).hasValue(1);

    finish(entered, new NoChange("was so already"));
    assertThat(calls).hasValue(2);
  }

  @Test
  void what_is_written_is_counted_and_what_is_read_is_not() {
    long before = store.writes();
    Job job = started("n1");
    long after = store.writes();
    store.find(job.id());
    store.untold();

    assertThat(after).isGreaterThan(before);
    assertThat(store.writes()).isEqualTo(after);
    store.tell(List.of(Event.of(job.id(), NOW, "prompt", "Told the agent")));
    assertThat(store.writes()).isGreaterThan(after);
  }

  @Test
  void an_abandoned_job_goes_on_with_its_attempt() {
    Job first = started("n1");

    Job again = store.claim("w2", LATER.plusSeconds(60), 9, LATER).orElseThrow();

    assertThat(again.attempt()).isEqualTo(1);
    assertThat(attempts(first)).containsExactly("1 1 w1 taken-over", "1 2 w2 open");
    assertThat(store.events(first.id(), 0).getLast().text()).isEqualTo("Attempt 1 goes on");
  }

  @Test
  void the_worker_that_lost_its_lease_changes_nothing_any_more() {
    Job stale = started("n1");
    store.claim("w2", LATER.plusSeconds(60), 9, LATER);

    Optional<Job> late =
        store.replace(
            stale,
            stale.finish(new NoChange("too late"), LATER),
            List.of(Event.of(stale.id(), LATER, "finished", "too late")));

    assertThat(late).isEmpty();
    assertThat(store.find(stale.id()).orElseThrow().state().word()).isEqualTo("running");
    assertThat(kinds(stale)).doesNotContain("finished");
  }

  @Test
  void a_job_that_is_not_due_or_waits_for_a_person_is_not_claimed() {
    Job retrying = started("n1", 7);
    replace(retrying, retrying.retryAt(LATER.plusSeconds(1), AWAY, NOW));
    Job asking = started("n2", 8);
    replace(asking, asking.ask("Which one?", NOW));
    Job running = started("n3", 9);

    assertThat(store.claim("w2", LATER, 9, LATER.minusMillis(1))).isEmpty();
    assertThat(store.claim(retrying.id(), "w2", LATER, LATER)).isEmpty();
    assertThat(store.claim(asking.id(), "w2", LATER, LATER)).isEmpty();
    assertThat(store.claim(running.id(), "w2", LATER, NOW)).isEmpty();
    assertThat(store.claim(new JobId(999_999), "w2", LATER, NOW)).isEmpty();
  }

  @Test
  void one_job_can_be_claimed_by_its_number_before_older_ones() {
    keep(mention("n1", ENGINE, 7));
    Job wanted = keep(mention("n2", ENGINE, 8)).getFirst();

    assertThat(store.claim(wanted.id(), "w1", LATER, NOW))
        .hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(wanted.id()));
  }

  @Test
  void one_repository_cannot_take_all_the_workers() {
    keep(mention("n1", ENGINE, 7), mention("n2", ENGINE, 8), mention("n3", ENGINE, 9));
    Job other = keep(mention("n4", MILL, 7)).getFirst();

    assertThat(store.claim("w1", LATER, 2, NOW)).isPresent();
    assertThat(store.claim("w2", LATER, 2, NOW)).isPresent();
    assertThat(store.claim("w3", LATER, 2, NOW).orElseThrow().id()).isEqualTo(other.id());
    assertThat(store.claim("w4", LATER, 2, NOW)).isEmpty();
  }

  @Test
  void an_abandoned_job_holds_no_place_in_its_repository() {
    started("n1");
    keep(mention("n2", ENGINE, 8));

    assertThat(store.claim("w2", LATER.plusSeconds(60), 1, LATER)).isPresent();
    assertThat(store.claim("w3", LATER.plusSeconds(60), 1, LATER)).isEmpty();
  }

  @Test
  void a_released_job_goes_on_at_once_with_its_attempt() {
    Job running = started("n1");
    replace(running, running.release(NOW));

    assertThat(claim("w2", LATER).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void what_set_a_job_back_comes_back_as_it_was_stored() {
    Failure down = new Failure.Outage(Side.MODEL, "The model is away", Optional.empty());
    Job running = replace(started("n1"), job -> job.enter(Step.PREPARE, NOW));
    Job crashed = replace(running, job -> job.takeBack(NOW));

    Job again = store.claim(crashed.id(), "w2", LATER, NOW).orElseThrow();
    Job waiting = replace(again, job -> job.retryAt(LATER, down, NOW));

    assertThat(store.find(waiting.id()).orElseThrow().setbacks())
        .isEqualTo(new Setbacks(0, 0, 1, Optional.of(NOW), 1, 0, 1));
    Job goesOn = store.claim(waiting.id(), "w3", LATER.plusSeconds(60), LATER).orElseThrow();
    assertThat(goesOn.attempt()).isEqualTo(1);
  }

  @Test
  void every_state_comes_back_as_it_was_stored() {
    Job running = replace(started("n1"), job -> job.enter(Step.VERIFY, NOW));
    List<JobState> states =
        List.of(
            running.retryAt(LATER, AWAY, NOW).state(),
            running.ask("Which one?", NOW).state(),
            running.renew(LATER.plusSeconds(9), NOW).state(),
            running.enter(Step.REPORT, NOW).state(),
            new Failed("broken", Optional.of("knight/7")),
            new Failed("broken", Optional.empty()),
            new Failed("The time is up.", Optional.empty(), true),
            new JobState.Stopped("enough"),
            new NoChange("was so already"),
            new Done(PULL_REQUEST, true, "with failing checks"),
            new Done(PULL_REQUEST, false, "made"));

    assertThat(states).allSatisfy(state -> assertThat(written(running, state)).isEqualTo(state));
    Job done = finish(running.onBranch("knight/7").having(cost("1.25")), states.getLast());
    assertThat(store.find(done.id())).contains(done);
    assertThat(done.state()).isEqualTo(states.getLast());
    assertThat(done.branch()).contains("knight/7");
    assertThat(done.spent()).isEqualTo(cost("1.25"));
    assertThat(done.pullRequest()).contains(PULL_REQUEST);
  }

  /** What is read of {@code job} once {@code state} was written; it is as it was then. */
  private JobState written(Job job, JobState state) {
    return ledger.write(() -> {
      write(job, state);
      JobState read =
          sql.first(StateColumns::read, "select * from job where id = ?", job.id()).orElseThrow();
      write(job, job.state());
      return read;
    });
  }

  private void write(Job job, JobState state) {
    sql.update("job", StateColumns.of(state, text -> text), "id = ?", job.id());
  }

  @Test
  void the_events_of_a_change_are_stored_with_it_in_order() {
    Job job = started("n1");
    long seen = store.events(job.id(), 0).getLast().sequence();

    store.replace(
        job,
        job.enter(Step.REVIEW, LATER),
        List.of(
            Event.of(job.id(), LATER, "step", "Reviews the change"),
            Event.of(job.id(), LATER, "review", "y".repeat(9_000))));
    store.tell(List.of(Event.of(job.id(), LATER, "prompt", "Told the agent")));

    List<Event> told = store.events(job.id(), seen);
    assertThat(told).extracting(Event::kind).containsExactly("step", "review", "prompt");
    assertThat(told).extracting(Event::sequence).isSorted().doesNotContain(0L);
    assertThat(told.get(1).text()).hasSize(4_000).endsWith("[cut: it had 9000 characters]");
  }

  @Test
  void a_job_cannot_become_another_one() {
    Job one = started("n1", 7);
    Job other = started("n2", 8);

    assertThatIllegalArgumentException().isThrownBy(() -> store.replace(one, other, List.of()));
  }

  @Test
  void how_an_attempt_ended_is_kept() {
    Job first = started("n1");
    Job retrying = replace(first, first.retryAt(NOW, AWAY, NOW));
    Job second = store.claim(retrying.id(), "w2", LATER, NOW).orElseThrow();
    finish(second, new NoChange("was so already"));

    assertThat(attempts(first)).containsExactly("1 1 w1 retrying", "2 2 w2 no-change");
  }

  @Test
  void what_was_said_too_late_becomes_a_new_job() {
    Job job = started("n1");
    store.delivered(List.of("n1"));
    keep(mention("n2", ENGINE, 7), mention("n3", ENGINE, 7));
    store.delivered(List.of("n2"));

    finish(job, new Done(PULL_REQUEST, false, "made"));

    Job next = store.jobs(1).getFirst();
    assertThat(next.id()).isNotEqualTo(job.id());
    assertThat(next.state()).isEqualTo(new Queued());
    assertThat(nodeIds(next)).containsExactly("n3");
    assertThat(nodeIds(job)).containsExactly("n1", "n2");
    assertThat(kinds(next)).containsExactly("accepted");
  }

  @Test
  void a_job_that_never_reached_its_agent_does_not_come_back_for_ever() {
    finish(started("n1"), new Failed("the setup command failed", Optional.empty()));

    assertThat(store.jobs(10)).hasSize(1);
  }

  @Test
  void a_follow_up_that_never_reached_its_agent_does_not_come_back_for_ever() {
    Job job = started("n1");
    keep(mention("n2", ENGINE, 7));
    finish(job, new Failed("the setup command failed", Optional.empty()));

    finish(claim("w2", LATER).orElseThrow(), new Failed("again", Optional.empty()));

    assertThat(store.jobs(10)).hasSize(2);
    assertThat(claim("w3", LATER)).isEmpty();
  }

  @Test
  void calling_a_job_off_calls_off_what_was_added_to_it() {
    Job job = started("n1");
    keep(mention("n2", ENGINE, 7));

    Job stopped = replace(job, job.stop("ada called it off", NOW));

    assertThat(store.jobs(10)).containsExactly(stopped);
    assertThat(attempts(job)).containsExactly("1 1 w1 stopped");
  }

  @Test
  void what_joins_a_running_job_gets_its_reaction_once_its_agent_has_it() {
    Job job = started("n1");
    keep(mention("n2", ENGINE, 7));
    keep(mention("n3", ENGINE, 7));
    assertThat(reactions(job)).containsExactly("n1");

    store.delivered(List.of("n2"));
    assertThat(reactions(job)).containsExactly("n1", "n2");

    finish(job, new Done(PULL_REQUEST, false, "made"));
    assertThat(reactions(store.jobs(1).getFirst())).containsExactly("n3");
    store.delivered(List.of("n3"));
    assertThat(reactions(store.jobs(1).getFirst())).containsExactly("n3");
  }

  private List<String> reactions(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.REACTION)
        .map(Effect::key)
        .toList();
  }

  @Test
  void a_delivered_mention_is_marked() {
    Job job = started("n1");

    store.delivered(Set.of("n1"));

    assertThat(store.mentions(job.id())).extracting(StoredMention::delivered).containsOnly(true);
  }

  @Test
  void what_was_made_for_a_job_is_looked_for_once_it_is_called_off() {
    Job job = started("n1");
    Job stopped = store.replace(job, job.stop("enough", LATER), List.of()).orElseThrow();
    assertThat(store.unkept()).containsExactly(stopped);

    Job kept =
        store
            .replace(stopped, stopped.kept(Optional.of("knight/job-1"), LATER), List.of())
            .orElseThrow();

    assertThat(store.unkept()).isEmpty();
    assertThat(kept.state()).isEqualTo(new JobState.Stopped("enough", Optional.of("knight/job-1")));
    assertThat(store.find(kept.id())).contains(kept);
  }

  @Test
  void nothing_is_looked_for_where_no_work_began() {
    Job job = keep(mention("n1", ENGINE, 7)).getFirst();

    store.replace(job, job.stop("enough", LATER), List.of());

    assertThat(store.unkept()).isEmpty();
  }

  @Test
  void money_is_set_aside_until_a_job_does_not_run_any_more() {
    Job first = started("n1");
    Job second = started("n2", 8);
    assertThat(reserve(first, NOW)).isTrue();
    assertThat(reserve(first, NOW)).isTrue();
    assertThat(reserve(second, NOW)).isFalse();

    Job paid = store.replace(first, first.having(cost("1")), List.of()).orElseThrow();
    assertThat(reserve(second, NOW)).isFalse();
    finish(paid, new NoChange("was so already"));

    assertThat(reserve(second, NOW)).isTrue();
  }

  @Test
  void what_was_used_of_a_day_stays_used_on_it_and_the_next_day_is_new() {
    Job first = started("n1");
    assertThat(reserve(first, NOW)).isTrue();
    Job paid = store.replace(first, first.having(cost("4")), List.of()).orElseThrow();
    finish(paid, new NoChange("was so already"));
    Job second = started("n2", 8);

    assertThat(reserve(second, NOW)).isFalse();
    assertThat(reserve(second, NOW.plusSeconds(86_400))).isTrue();
  }

  @Test
  void a_job_over_midnight_takes_what_is_left_of_its_money_along() {
    Job job = started("n1");
    assertThat(reserve(job, NOW)).isTrue();
    Instant tomorrow = NOW.plusSeconds(86_400);

    Job paid = store.replace(job, job.having(cost("1")), List.of()).orElseThrow();
    store.replace(paid, paid.renew(tomorrow, tomorrow), List.of());

    // It holds 4 of tomorrow's 8, and another one wants 5; of today it has used 1.
    Job second = started("n2", 8);
    assertThat(reserve(second, tomorrow)).isFalse();
    assertThat(reserve(second, NOW)).isTrue();
  }

  private boolean reserve(Job job, Instant now) {
    return store.reserve(job, new BigDecimal("5"), new BigDecimal("8"), now);
  }

  @Test
  void time_at_work_is_kept_with_the_cost() {
    Job job = started("n1");
    Spent spent = new Spent(10, 20, new BigDecimal("0.5"), java.time.Duration.ofMillis(61_001));

    store.replace(job, job.having(spent), List.of());

    assertThat(store.find(job.id()).orElseThrow().spent()).isEqualTo(spent);
  }

  // ---- effects

  @Test
  void an_effect_planned_twice_is_one() {
    Job job = started("n1");

    Effect first = store.plan(job.id(), Effect.Kind.PUSH, "knight/7", NOW);

    assertThat(store.plan(job.id(), Effect.Kind.PUSH, "knight/7", LATER)).isEqualTo(first);
    assertThat(store.plan(job.id(), Effect.Kind.PULL_REQUEST, "knight/7", NOW)).isNotEqualTo(first);
    assertThat(store.unsettled(Effect.Kind.PUSH)).containsExactly(first);
  }

  @Test
  void what_came_of_an_effect_is_there_when_it_is_planned_again() {
    Job job = started("n1");
    Effect made = pullRequest(job, "90");

    assertThat(store.plan(job.id(), Effect.Kind.PULL_REQUEST, "knight/7", LATER)).isEqualTo(made);
    assertThat(store.unsettled(Effect.Kind.PULL_REQUEST)).isEmpty();
    assertThat(store.effects(job.id())).contains(made).hasSize(2);
  }

  @Test
  void an_effect_that_nobody_planned_is_a_bug() {
    Job job = started("n1");

    assertThatIllegalStateException()
        .isThrownBy(
            () -> store.settle(Effect.planned(job.id(), Effect.Kind.PUSH, "elsewhere", NOW)));
  }

  @Test
  void a_call_that_was_begun_is_on_record_until_its_result_is() {
    Job job = started("n1");
    Effect begun = store.plan(job.id(), Effect.Kind.STATUS_COMMENT, "", NOW).begun(LATER);

    store.settle(begun);

    assertThat(store.plan(job.id(), Effect.Kind.STATUS_COMMENT, "", LATER)).isEqualTo(begun);
    assertThat(begun.state()).isEqualTo(Effect.State.UNKNOWN);
    assertThat(begun.begunAt()).contains(LATER);
    assertThat(store.unsettled(Effect.Kind.STATUS_COMMENT)).containsExactly(begun);
  }

  @Test
  void an_effect_goes_on_only_from_where_it_was_read() {
    Job job = started("n1");
    Effect planned = store.plan(job.id(), Effect.Kind.STATUS_COMMENT, "", NOW);
    Effect begun = planned.begun(LATER);

    assertThat(store.advance(planned, begun)).isTrue();
    assertThat(store.advance(planned, planned.begun(NOW))).isFalse();

    assertThat(store.unsettled(Effect.Kind.STATUS_COMMENT)).containsExactly(begun);
  }

  @Test
  void an_effect_is_to_be_checked_until_it_was() {
    Job job = started("n1");
    Effect made = pullRequest(job, "90");
    assertThat(store.toCheck()).isEmpty();

    store.settle(made.checked(Optional.of(LATER)));
    assertThat(store.toCheck()).containsExactly(made.checked(Optional.of(LATER)));

    store.settle(made.checked(Optional.empty()));
    assertThat(store.toCheck()).isEmpty();
  }

  @Test
  void a_word_is_about_the_job_at_work_there_or_else_the_newest() {
    Job job = started("n1");
    pullRequest(job, "90");
    Subject pull = new Subject(ENGINE, 90);

    assertThat(store.about(pull)).contains(job);
    assertThat(store.about(job.subject())).contains(job);
    assertThat(store.about(new Subject(MILL, 90))).isEmpty();

    replace(job, job.finish(new NoChange("No."), LATER));
    assertThat(store.about(job.subject())).map(Job::id).contains(job.id());
    Job next = keep(mention("n2", ENGINE, job.subject().number())).getFirst();
    assertThat(store.about(pull)).contains(next);
  }

  @Test
  void a_word_aside_makes_and_joins_no_job_and_is_reacted_to() {
    Job job = started("n1");
    Mention aside = mention("n2", ENGINE, job.subject().number());
    Mention alone = mention("n3", MILL, 9);

    List<Job> made =
        store.keep(
            ENGINE,
            StreamKind.ISSUE_COMMENTS,
            ANCHOR,
            List.of(
                new JudgedMention(aside, Verdict.ASIDE), new JudgedMention(alone, Verdict.ASIDE)),
            LATER);

    assertThat(made).isEmpty();
    assertThat(store.mentions(job.id())).hasSize(1);
    assertThat(store.unsettled(Effect.Kind.REACTION))
        .extracting(Effect::key)
        .contains("n2")
        .doesNotContain("n3");
  }

  @Test
  void an_edit_takes_the_place_of_what_no_agent_knows_and_is_told_of_what_one_does() {
    Mention asked = mention("n1", ENGINE, 7);
    Job job = keep(asked).getFirst();

    assertThat(keep(asked.edited(LATER, "@knight in Java", "-C\n+Java", Order.DO))).isEmpty();
    assertThat(store.mentions(job.id()))
        .singleElement()
        .extracting(stored -> stored.mention().text())
        .isEqualTo("@knight in Java");
    assertThat(store.events(job.id(), 0))
        .last()
        .extracting(Event::text)
        .isEqualTo("ada wrote anew: @knight in Java");

    Job running = store.claim(job.id(), "w1", LATER, NOW).orElseThrow();
    Mention edit = asked.edited(LATER.plusSeconds(9), "@knight in Go", "-Java\n+Go", Order.DO);
    keep(edit);
    assertThat(store.mentions(job.id()))
        .extracting(StoredMention::mention)
        .contains(edit)
        .hasSize(2);

    replace(running, running.finish(new NoChange("No."), LATER));
    int jobs = store.jobs(10).size();
    keep(asked.edited(LATER.plusSeconds(99), "@knight in C", "-Go\n+C", Order.DO));
    assertThat(store.jobs(10)).hasSize(jobs);
  }

  @Test
  void a_word_aside_that_comes_to_ask_for_something_is_told() {
    Mention asked = mention("n1", ENGINE, 7);
    Job job = keep(asked).getFirst();
    Mention aside = mention("n2", ENGINE, 7);
    List<JudgedMention> judged = List.of(new JudgedMention(aside, Verdict.ASIDE));
    store.keep(ENGINE, StreamKind.ISSUE_COMMENTS, ANCHOR, judged, LATER);

    Mention edit = aside.edited(LATER, "@knight in Java", "+in Java", Order.DO);
    keep(edit);

    assertThat(store.mentions(job.id()))
        .extracting(StoredMention::mention)
        .containsExactly(asked, edit);
  }

  @Test
  void what_a_job_was_made_for_comes_first_also_where_it_was_touched_later() {
    Mention asked = mention("n1", ENGINE, 7);
    Job job = keep(asked).getFirst();
    Mention earlier =
        new Mention(
            "n2",
            asked.subject(),
            Mention.Source.ISSUE_COMMENT,
            9,
            asked.author(),
            asked.title(),
            "And in Java.",
            asked.link(),
            NOW.minusSeconds(60));
    keep(earlier);

    assertThat(store.mentions(job.id()))
        .extracting(StoredMention::mention)
        .containsExactly(asked, earlier);
  }

  // ---- replies

  @Test
  void assumptions_are_kept_once_and_only_their_fate_changes() {
    Job job = started("n1");
    Assumption.Point point = new Assumption.Point("2e3d2a1f5b6c7d8e9f0a1b2c3d4e5f60718293a4", "e1");
    Assumption one =
        new Assumption(1, "implement n1", "Which?", "red", Optional.of(point), Fate.OPEN);
    Assumption two = new Assumption(2, "more n2", "How many?", "two", Optional.empty(), Fate.OPEN);

    store.assume(job.id(), List.of(one, two));
    store.assume(
        job.id(),
        List.of(new Assumption(1, "again", "What?", "blue", Optional.empty(), Fate.CHANGED)));

    assertThat(store.assumptions(job.id())).containsExactly(one.as(Fate.CHANGED), two);
    assertThat(store.assumptions(new JobId(999))).isEmpty();
  }

  @Test
  void a_reply_planned_twice_is_one_as_it_stands() {
    Job job = started("n1");
    Reply wanted = Reply.inThread(job.subject(), 31, "t31", Optional.of(job.id()), "Done.", NOW);

    Reply planned = store.reply(wanted);
    Reply begun = planned.begun(LATER);

    assertThat(planned).isEqualTo(wanted);
    assertThat(store.advance(planned, begun)).isTrue();
    assertThat(store.reply(Reply.in(job.subject(), "t31", Optional.empty(), "No.", LATER)))
        .isEqualTo(begun);
    assertThat(store.unmade()).containsExactly(begun);
  }

  @Test
  void a_reply_of_no_job_is_kept_without_secrets_until_it_is_made() {
    Subject subject = new Subject(ENGINE, 7);
    String secret = "ghp_" + "aB3dE6gH9j".repeat(4).substring(0, 36);
    Reply planned =
        store.reply(Reply.in(subject, "help n1", Optional.empty(), "Use " + secret, NOW));
    assertThat(planned.body()).startsWith("Use ").doesNotContain(secret);

    Reply made = planned.begun(LATER).made(91, PULL_REQUEST);
    assertThat(store.advance(planned.begun(NOW), made)).isFalse();
    assertThat(store.advance(planned, planned.begun(LATER))).isTrue();
    assertThat(store.advance(planned.begun(LATER), made)).isTrue();

    assertThat(store.unmade()).isEmpty();
    assertThat(store.reply(planned)).isEqualTo(made);
  }

  @Test
  void a_mention_under_its_open_pull_request_goes_on_with_the_job_that_is_done() {
    Job job = started("n1");
    pullRequest(job, "90");
    finish(job, new Done(PULL_REQUEST, false, "made"));

    keep(mention("n2", ENGINE, 90));

    Job again = store.jobs(1).getFirst();
    assertThat(again.id()).isEqualTo(job.id());
    assertThat(again.state()).isEqualTo(new Queued());
    assertThat(nodeIds(again)).containsExactly("n1", "n2");
    assertThat(kinds(again)).endsWith("mention", "reopened");
  }

  @Test
  void a_question_that_is_answered_under_it_does_not_keep_a_mention_from_its_job() {
    Job job = started("n1");
    pullRequest(job, "90");
    finish(job, new Done(PULL_REQUEST, false, "made"));
    Mention wish = mention("n2", ENGINE, 90);
    Mention question =
        new Mention(
            wish.nodeId(),
            wish.subject(),
            wish.source(),
            wish.sourceId(),
            wish.author(),
            wish.title(),
            wish.text(),
            wish.link(),
            wish.at(),
            wish.report(),
            Order.ASK);
    keep(question);
    keep(mention("n3", ENGINE, 90));

    assertThat(nodeIds(store.find(job.id()).orElseThrow())).containsExactly("n1", "n3");
    assertThat(store.find(job.id()).orElseThrow().state()).isEqualTo(new Queued());
    assertThat(nodeIds(store.jobs(1).getFirst())).containsExactly("n2");
  }

  @Test
  void what_knight_saw_makes_no_job_where_the_one_that_it_woke_fails_or_was_called_off() {
    Job job = started("n1");
    pullRequest(job, "90");
    finish(job, new Done(PULL_REQUEST, false, "made"));

    assertThat(store.accept(saw("checks:90:a"), NOW).id()).isEqualTo(job.id());
    Job woken = store.claim(job.id(), "w1", LATER, NOW).orElseThrow();
    finish(woken, new Failed("No npm.", Optional.empty()));
    assertThat(store.jobs(9)).hasSize(1);

    keep(mention("n2", ENGINE, 90));
    Job again = store.find(job.id()).orElseThrow();
    replace(again, again.stop("enough", NOW));
    assertThat(store.accept(saw("checks:90:b"), NOW).state()).isInstanceOf(Stopped.class);
    assertThat(store.jobs(9)).hasSize(1);
  }

  private static Mention saw(String nodeId) {
    return new Mention(
        nodeId,
        new Subject(ENGINE, 90),
        Mention.Source.WATCH,
        90,
        new Person(1, "ada"),
        "Engine stalls",
        "delete everything",
        PULL_REQUEST,
        NOW);
  }

  @Test
  void a_review_is_one_mention_with_what_it_says_on_lines() {
    Job job = started("n1");
    pullRequest(job, "90");
    finish(job, new Failed("The money is used up.", Optional.empty()));
    List<Remark> remarks =
        List.of(
            new Remark(
                5, 5, "a".repeat(40), "größe.txt", OptionalLong.of(3), "@@ -3 +3 @@", "Why?"),
            new Remark(6, 4, "a".repeat(40), "x".repeat(9_000), OptionalLong.empty(), "", "How?"));

    store.keep(
        ENGINE,
        StreamKind.ISSUES,
        ANCHOR,
        List.of(new JudgedMention(mention("n2", ENGINE, 90), Verdict.ACCEPTED, true, remarks)),
        NOW);
    store.keep(
        ENGINE,
        StreamKind.ISSUES,
        ANCHOR,
        List.of(new JudgedMention(mention("n2", ENGINE, 90), Verdict.ACCEPTED, true, remarks)),
        NOW);

    assertThat(store.jobs(2)).hasSize(1);
    assertThat(store.find(job.id()).orElseThrow().state()).isEqualTo(new Queued());
    assertThat(store.remarks("n2")).hasSize(2).startsWith(remarks.getFirst());
    assertThat(store.remarks("n1")).isEmpty();
  }

  @Test
  void a_mention_under_a_closed_pull_request_makes_a_job_of_its_own() {
    Job job = started("n1");
    pullRequest(job, "90");
    finish(job, new Done(PULL_REQUEST, false, "merged"));

    store.keep(
        ENGINE,
        StreamKind.ISSUE_COMMENTS,
        ANCHOR,
        List.of(new JudgedMention(mention("n2", ENGINE, 90), Verdict.ACCEPTED, false)),
        NOW);

    assertThat(store.jobs(2)).hasSize(2);
    assertThat(store.find(job.id()).orElseThrow().state()).isInstanceOf(Done.class);
  }

  @Test
  void a_late_answer_in_an_open_issue_goes_on_with_the_job_that_did_not_wait_for_it() {
    Job job = started("n1");
    Assumption one = new Assumption(1, "k", "Which?", "red", Optional.empty(), Fate.OPEN);
    store.assume(job.id(), List.of(one));
    finish(job, new Done(PULL_REQUEST, false, "made"));

    keep(mention("n2", ENGINE, job.subject().number()));
    Job again = store.jobs(1).getFirst();
    assertThat(again.id()).isEqualTo(job.id());
    assertThat(again.state()).isEqualTo(new Queued());

    store.assume(job.id(), List.of(one.as(Fate.CONFIRMED)));
    finish(
        store.claim(job.id(), "w1", LATER, NOW).orElseThrow(),
        new Done(PULL_REQUEST, false, "made"));
    keep(mention("n3", ENGINE, job.subject().number()));
    assertThat(store.jobs(1).getFirst().id()).isNotEqualTo(job.id());
  }

  @Test
  void a_plan_and_a_new_budget_are_kept() {
    Job job = started("n1");
    Job planned = replace(job, job.propose("1. Cool it", NOW));
    assertThat(store.find(job.id())).contains(planned);

    Job agreed = replace(planned, planned.approve("grace", Optional.empty(), NOW));
    assertThat(store.find(job.id()).orElseThrow().mandate().plan())
        .isEqualTo(new Plan.Approved("1. Cool it", "grace"));
    assertThat(agreed.state()).isEqualTo(new Queued());
  }

  @Test
  void an_answer_is_kept_without_a_pull_request() {
    Job job = started("n1");

    finish(job, new JobState.Answered("It is blue."));

    assertThat(store.find(job.id()).orElseThrow().state())
        .isEqualTo(new JobState.Answered("It is blue."));
  }

  @Test
  void the_job_that_opened_a_pull_request_is_found_by_it() {
    Job job = started("n1");
    pullRequest(job, "90");

    assertThat(store.opened(new Subject(RepositoryName.parse("ada/engine"), 90))).contains(job);
    assertThat(store.opened(new Subject(MILL, 90))).isEmpty();
    assertThat(store.opened(new Subject(ENGINE, 9))).isEmpty();
  }

  // ---- the status comment

  @Test
  void a_job_is_untold_until_its_comment_tells_of_its_last_change() {
    Job job = started("n1");
    assertThat(store.untold()).containsExactly(job);
    assertThat(store.told(job.id())).isEmpty();

    store.told(job.id(), job.version(), "d1", LATER);
    assertThat(store.untold()).isEmpty();
    assertThat(store.told(job.id())).contains(new Told(job.version(), "d1", LATER));

    Job entered = replace(job, job.enter(Step.IMPLEMENT, LATER));
    assertThat(store.untold()).containsExactly(entered);

    store.told(job.id(), job.version(), "d2", LATER);
    assertThat(store.untold()).containsExactly(entered);
  }

  @Test
  void the_job_that_waits_longest_is_told_first() {
    Job first = started("n1", 7);
    Job second = started("n2", 8);
    Job changed = replace(first, first.enter(Step.IMPLEMENT, LATER));

    assertThat(store.untold()).containsExactly(second, changed);
  }

  // ---- repositories

  @Test
  void the_last_good_configuration_of_a_repository_is_kept() {
    assertThat(store.configuration(ENGINE)).isEmpty();
    store.configuration(ENGINE, new RepositoryConfigCopy("base: main\n", ""));
    RepositoryConfigCopy copy = new RepositoryConfigCopy("base: main\n", "0a1b");

    store.configuration(RepositoryName.parse("ada/engine"), copy);

    assertThat(store.configuration(ENGINE)).contains(copy);
  }

  @Test
  void half_a_configuration_is_never_kept() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> store.configuration(ENGINE, new RepositoryConfigCopy("x".repeat(100_000), "")));
  }

  // ---- the database itself

  @Test
  void the_database_itself_allows_one_active_job_for_each_subject() {
    keep(mention("n1", ENGINE, 7));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ledger.write(() -> jobs.made(mention("n2", ENGINE, 7), NOW)))
        .withCauseInstanceOf(SQLIntegrityConstraintViolationException.class);
  }

  @Test
  void a_job_that_was_not_kept_leaves_no_hole_in_the_numbers() {
    Job before = keep(mention("n1", ENGINE, 7)).getFirst();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            ledger.write(() -> {
              acceptance.accept(mention("n2", ENGINE, 8), NOW);
              throw new IllegalStateException("not kept");
            }));

    assertThat(keep(mention("n3", ENGINE, 9)).getFirst().id().value())
        .isEqualTo(before.id().value() + 1);
  }

  private Optional<Job> claim(String owner, Instant leaseEnd) {
    return store.claim(owner, leaseEnd, 9, NOW);
  }

  private List<Job> keep(Mention... mentions) {
    List<JudgedMention> judged =
        Arrays.stream(mentions).map(mention -> new JudgedMention(mention, ACCEPTED)).toList();
    return store.keep(ENGINE, StreamKind.ISSUES, ANCHOR, judged, NOW);
  }

  private void stop(Mention mention) {
    List<JudgedMention> judged = List.of(new JudgedMention(mention, Verdict.STOP));
    store.keep(ENGINE, StreamKind.ISSUE_COMMENTS, ANCHOR, judged, NOW);
  }

  private Job started(String nodeId) {
    return started(nodeId, 7);
  }

  private Job started(String nodeId, long number) {
    Job job = keep(mention(nodeId, ENGINE, number)).getFirst();
    return store.claim(job.id(), "w1", LATER, NOW).orElseThrow();
  }

  private Job replace(Job before, Job after) {
    return store.replace(before, after, List.of()).orElseThrow();
  }

  private Job replace(Job before, UnaryOperator<Job> verb) {
    return replace(before, verb.apply(before));
  }

  private Job finish(Job job, JobState end) {
    return replace(job, job.finish((JobState.Finished) end, NOW));
  }

  private Effect pullRequest(Job job, String number) {
    Effect intent = store.plan(job.id(), Effect.Kind.PULL_REQUEST, "knight/7", NOW);
    Effect made = intent.as(Effect.State.DONE, Optional.of(number), Optional.of(PULL_REQUEST));
    store.settle(made);
    return made;
  }

  private List<String> kinds(Job job) {
    return store.events(job.id(), 0).stream().map(Event::kind).toList();
  }

  private List<String> nodeIds(Job job) {
    return store.mentions(job.id()).stream().map(stored -> stored.mention().nodeId()).toList();
  }

  private List<String> attempts(Job job) {
    return ledger.read(() ->
        sql.list(
            row ->
                "%d %d %s %s"
                    .formatted(
                        row.number("attempt_number"),
                        row.number("token"),
                        row.text("owner"),
                        row.maybeText("outcome").orElse("open")),
            "select * from attempt where job_id = ? order by id",
            job.id()));
  }

  private static Spent cost(String usd) {
    return new Spent(1_000, 200, new BigDecimal(usd));
  }

  private static Mention hand(String nodeId, long number) {
    return new Mention(
        nodeId,
        new Subject(ENGINE, number),
        Mention.Source.COMMAND,
        number,
        new Person(1, "ada"),
        "Engine stalls",
        "please mend it",
        URI.create("https://github.com/Ada/Engine/issues/" + number),
        NOW);
  }

  private static Mention mention(String nodeId, RepositoryName repository, long number) {
    return mention(nodeId, repository, number, "please mend it", "Engine stalls");
  }

  private static Mention mention(
      String nodeId, RepositoryName repository, long number, String text, String title) {
    return new Mention(
        nodeId,
        new Subject(repository, number),
        Mention.Source.ISSUE_COMMENT,
        1_000 + number,
        new Person(1, "ada"),
        title,
        text,
        URI.create("https://github.com/%s/issues/%d#issuecomment-1".formatted(repository, number)),
        NOW);
  }
}

package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One writer at a time, and nobody beside it. */
@QuarkusTest
@TestProfile(StoreOnDisk.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Inject JobStore store;
  @Inject Ledger ledger;
  @Inject EventRows story;
  @Inject JobRows jobs;
  @Inject Sql sql;
  @Inject Connections connections;

  @Test
  void eight_workers_never_get_the_same_job() throws Exception {
    Set<JobId> made = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 200).forEach(_ -> made.add(accept().id()));
    Set<JobId> claimed = ConcurrentHashMap.newKeySet();

    Callable<Integer> worker =
        () -> {
          int count = 0;
          for (var job = claim(); job.isPresent(); job = claim()) {
            assertThat(claimed.add(job.get().id())).isTrue();
            count++;
          }
          return count;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> count : threads.invokeAll(Collections.nCopies(8, worker))) {
        count.get();
      }
    }

    assertThat(claimed).containsAll(made);
  }

  @Test
  void of_two_changes_to_one_job_only_the_first_counts() throws Exception {
    Job job = accept();
    Callable<Boolean> stop =
        () -> store.replace(job, job.stop("enough", NOW), List.of()).isPresent();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long won =
          threads.invokeAll(Collections.nCopies(8, stop)).stream()
              .filter(Future::resultNow)
              .count();

      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void an_insert_without_the_lock_is_refused() {
    Job job = accept();

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() ->
            ledger.read(() -> {
              story.tell(job.id(), NOW, "step", "unlocked");
              return true;
            }))
        .withStackTraceContaining("A write outside of Ledger.write");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update job set draft = false",
        "delete from event where id < 0",
        "select id from job for update",
        "select next value for event_seq",
        "  UPDATE job set draft = false",
        "truncate table told",
        "merge into told key (job_id) values (1, 1, 'x', current_timestamp)"
      })
  void any_statement_that_writes_is_refused_without_the_lock(String text) {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> ledger.read(() -> sql.change(text)))
        .withStackTraceContaining("A write outside of Ledger.write");
  }

  @Test
  void a_transaction_that_only_reads_cannot_write() {
    Job job = accept();

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() ->
            ledger.read(() -> {
              jobs.told(job.id(), job.version());
              return true;
            }))
        .withStackTraceContaining("A write outside of Ledger.write");
    assertThat(store.untold()).extracting(Job::id).contains(job.id());
  }

  @Test
  void a_reader_waits_for_no_writer() throws Exception {
    Job job = accept();

    ledger.write(() -> {
      story.tell(job.id(), NOW, "step", "not committed yet");
      assertThat(elsewhere(() -> store.events(job.id(), 0)))
          .extracting(Event::text)
          .doesNotContain("not committed yet");
      return true;
    });

    assertThat(store.events(job.id(), 0)).extracting(Event::text).contains("not committed yet");
  }

  @Test
  void nobody_reads_what_is_not_saved_yet() throws Exception {
    Job job = accept();
    Runnable save = takenSaves();
    CountDownLatch isCommitted = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    AtomicBoolean isSaved = new AtomicBoolean();
    ledger.savesBy(() -> {
      isCommitted.countDown();
      await(open);
      isSaved.set(true);
      save.run();
    });

    Thread writer =
        Thread.ofPlatform()
            .start(() -> store.tell(List.of(Event.of(job.id(), NOW, "step", "committed"))));
    await(isCommitted);
    AtomicBoolean wasSaved = new AtomicBoolean();
    FutureTask<List<Event>> story =
        new FutureTask<>(() -> {
          List<Event> read = store.events(job.id(), 0);
          wasSaved.set(isSaved.get());
          return read;
        });
    Thread reader = Thread.ofPlatform().start(story);
    while (reader.isAlive() && reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    open.countDown();

    assertThat(story.get(1, TimeUnit.MINUTES)).extracting(Event::text).contains("committed");
    assertThat(wasSaved).isTrue();
    writer.join();
    ledger.savesBy(save);
  }

  private Runnable takenSaves() throws SQLException {
    return connections.use(connection -> Engine.of(connection).takeSaves());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Test
  void a_write_inside_a_write_is_part_of_it() {
    Job job = accept();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            ledger.write(() -> {
              store.tell(List.of(Event.of(job.id(), NOW, "step", "inner")));
              throw new IllegalStateException("outer");
            }))
        .withMessage("outer");

    assertThat(store.events(job.id(), 0)).extracting(Event::text).doesNotContain("inner");
    assertThat(ledger.isWriting()).isFalse();
  }

  @Test
  void a_change_is_undone_whole_when_it_fails() {
    Job job = accept();
    Job claimed = store.claim(job.id(), "w1", NOW.plusSeconds(60), NOW).orElseThrow();
    Event impossible = Event.of(new JobId(Long.MAX_VALUE), NOW, "step", "of no job");

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> store.replace(claimed, claimed.stop("enough", NOW), List.of(impossible)));

    assertThat(store.find(job.id())).contains(claimed);
  }

  private Optional<Job> claim() {
    return store.claim("w1", NOW.plusSeconds(600), 1_000, NOW);
  }

  private static <T> T elsewhere(Callable<T> work) {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      return thread.submit(work).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  private Job accept() {
    String unique = UUID.randomUUID().toString();
    return store.accept(
        new Mention(
            "hand:" + unique,
            new Subject(new RepositoryName("ada", unique), 1),
            Mention.Source.COMMAND,
            1,
            new Person(1, "ada"),
            "Engine stalls",
            "please mend it",
            URI.create("https://github.com/ada/engine/issues/1"),
            NOW),
        NOW);
  }
}

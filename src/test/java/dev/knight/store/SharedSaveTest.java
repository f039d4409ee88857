package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.knight.job.MisconfiguredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One save for many writes, and nobody who goes on before it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedSaveTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JdbcDataSource database = new JdbcDataSource();
  private final StoreWatch watch = new StoreWatch(() -> {});
  private final Ledger ledger = new Ledger(watch, new Connections(watch, database));
  private final AtomicInteger saves = new AtomicInteger();

  @BeforeEach
  void a_database_that_is_not_asked() {
    database.setUrl("jdbc:h2:mem:");
  }

  @Test
  void a_writer_goes_on_when_its_write_is_saved() {
    AtomicInteger atTheEnd = new AtomicInteger();
    ledger.savesBy(saves::incrementAndGet);

    ledger.write(() -> atTheEnd.getAndSet(saves.get()));

    assertThat(atTheEnd).hasValue(0);
    assertThat(saves).hasValue(1);
    assertThat(ledger.saved()).isEqualTo(1);
  }

  @Test
  void writers_who_wait_for_each_other_are_saved_together() {
    ledger.savesBy(saves::incrementAndGet);

    List<CompletableFuture<Integer>> writers = sixBehindEachOther();

    writers.forEach(CompletableFuture::join);
    assertThat(saves).hasValue(1);
    assertThat(ledger.saved()).isEqualTo(6);
  }

  @Test
  void a_save_that_fails_is_told_to_everybody_who_waits_for_it() {
    IllegalStateException full = new IllegalStateException("full");
    ledger.savesBy(() -> {
      throw full;
    });

    List<CompletableFuture<Integer>> writers = sixBehindEachOther();

    for (CompletableFuture<Integer> writer : writers) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(writer::join)
          .havingRootCause()
          .isSameAs(full);
    }
    assertThat(ledger.saved()).isZero();
  }

  @Test
  void of_a_dead_store_everybody_who_waits_hears_what_to_do() {
    ledger.savesBy(() -> {
      throw new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "full");
    });

    List<CompletableFuture<Integer>> writers = sixBehindEachOther();

    for (CompletableFuture<Integer> writer : writers) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(writer::join)
          .withCauseInstanceOf(MisconfiguredException.class);
    }
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> ledger.read(() -> "what was not saved"));
  }

  @Test
  void where_nothing_was_committed_nothing_is_saved() {
    ledger.savesBy(saves::incrementAndGet);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            ledger.write(() -> {
              throw new IllegalArgumentException("no");
            }));

    assertThat(saves).hasValue(0);
  }

  @Test
  void a_write_that_fails_leaves_nobody_waiting() {
    ledger.savesBy(saves::incrementAndGet);
    CountDownLatch open = new CountDownLatch(1);

    CompletableFuture<Integer> good = thread(() -> ledger.write(() -> await(open)));
    CompletableFuture<Integer> bad =
        thread(() ->
            ledger.write(() -> {
              throw new IllegalArgumentException("no");
            }));
    open.countDown();

    good.join();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(bad::join)
        .withRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(saves).hasValue(1);
  }

  @Test
  void what_takes_a_while_begins_when_all_before_it_is_saved() {
    ledger.savesBy(saves::incrementAndGet);
    CountDownLatch open = new CountDownLatch(1);

    CompletableFuture<Integer> quick = thread(() -> ledger.write(() -> await(open)));
    CompletableFuture<Integer> slow = thread(() -> ledger.alone(saves::get));
    open.countDown();

    quick.join();
    assertThat(slow.join()).isEqualTo(1);
  }

  /** Six who wait for the lock behind the first of them, which has it, and then all go on. */
  private List<CompletableFuture<Integer>> sixBehindEachOther() {
    CountDownLatch open = new CountDownLatch(1);
    List<CompletableFuture<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      writers.add(thread(() -> ledger.write(() -> await(open))));
    }
    open.countDown();
    return writers;
  }

  /** Begins to ask for a number, and is waiting for something when this returns. */
  private static CompletableFuture<Integer> thread(Supplier<Integer> number) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    waiting(Thread.ofPlatform().daemon().start(() -> done.completeAsync(number, Runnable::run)));
    return done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void waiting(Thread thread) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        });
  }

  private int await(CountDownLatch open) {
    try {
      open.await();
      return saves.get();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}

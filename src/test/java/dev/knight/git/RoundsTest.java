package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class RoundsTest {
  private static final String FILES = "files";

  @TempDir Path root;

  private final Rounds<String> rounds = new Rounds<>();
  private final Queue<List<Destination>> seen = new ConcurrentLinkedQueue<>();

  @Test
  void who_comes_while_a_round_goes_on_is_in_the_next_with_all_others_who_came() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Destination first = destination();
    Destination second = destination();
    Destination third = destination();
    Rounds.Round round =
        all -> {
          seen.add(all);
          begun.countDown();
          opened(ends);
        };

    rounds.join(FILES, first, round);
    opened(begun);
    rounds.join(FILES, second, round);
    rounds.join(FILES, third, round);
    ends.countDown();
    second.await();
    third.await();

    assertThat(seen).containsExactly(List.of(first), List.of(second, third));
  }

  @Test
  void who_comes_after_the_last_round_has_one_of_his_own() throws Exception {
    Destination first = destination();
    Destination second = destination();

    rounds.join(FILES, first, seen::add);
    first.await();
    rounds.join(FILES, second, seen::add);
    second.await();

    assertThat(seen).containsExactly(List.of(first), List.of(second));
  }

  @Test
  void who_wants_other_files_does_not_wait() throws Exception {
    CountDownLatch ends = new CountDownLatch(1);
    Destination first = destination();
    Destination other = destination();

    rounds.join(FILES, first, _ -> opened(ends));
    rounds.join("others", other, seen::add);
    other.await();
    ends.countDown();
    first.await();

    assertThat(seen).containsExactly(List.of(other));
  }

  @Test
  void what_fails_for_one_is_done_for_the_others() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Destination first = destination();
    Destination gone = destination();
    Destination other = destination();
    Rounds.Round round =
        all -> {
          begun.countDown();
          opened(ends);
          for (Destination each : all) {
            each.write(() -> {
              if (each.equals(gone)) {
                throw new IOException("gone");
              }
            });
          }
        };

    rounds.join(FILES, first, round);
    opened(begun);
    rounds.join(FILES, gone, round);
    rounds.join(FILES, other, round);
    ends.countDown();

    assertThatExceptionOfType(IOException.class).isThrownBy(gone::await).withMessage("gone");
    assertThatNoException().isThrownBy(other::await);
  }

  @Test
  void what_fails_for_all_is_told_to_all_and_the_next_round_goes_on() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Destination first = destination();
    Destination second = destination();
    Rounds.Round round =
        all -> {
          begun.countDown();
          opened(ends);
          if (all.contains(first)) {
            throw new IOException("disk full");
          }
        };

    rounds.join(FILES, first, round);
    opened(begun);
    rounds.join(FILES, second, round);
    ends.countDown();

    assertThatExceptionOfType(IOException.class).isThrownBy(first::await).withMessage("disk full");
    assertThatNoException().isThrownBy(second::await);
  }

  @Test
  void nothing_more_is_done_where_something_has_failed() throws Exception {
    Destination destination = destination();
    Queue<String> done = new ConcurrentLinkedQueue<>();

    destination.write(() -> done.add("one"));
    destination.write(() -> {
      throw new IOException("disk full");
    });
    destination.write(() -> done.add("three"));

    assertThat(done).containsExactly("one");
  }

  @Test
  void who_is_told_to_end_gets_nothing_more_once_he_has_gone() throws Exception {
    Destination destination = destination();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Queue<String> done = new ConcurrentLinkedQueue<>();
    rounds.join(
        FILES,
        destination,
        _ -> {
          destination.write(() -> {
            begun.countDown();
            opened(ends);
            done.add("one");
          });
          destination.write(() -> done.add("two"));
          over.countDown();
        });
    opened(begun);
    CompletableFuture<List<String>> seenAtTheEnd = new CompletableFuture<>();
    Thread waits =
        Thread.ofVirtual()
            .start(() -> {
              assertThatExceptionOfType(UnavailableException.class).isThrownBy(destination::await);
              seenAtTheEnd.complete(List.copyOf(done));
            });

    waits.interrupt();
    assertThat(destination.end()).failsWithin(1, TimeUnit.MINUTES);
    ends.countDown();

    assertThat(seenAtTheEnd.get(1, TimeUnit.MINUTES)).containsExactly("one");
    opened(over);
    assertThat(done).containsExactly("one");
  }

  @Test
  void who_has_failed_is_told_when_all_that_was_begun_is_done() throws Exception {
    Destination destination = destination();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Queue<String> done = new ConcurrentLinkedQueue<>();
    Thread.ofVirtual()
        .start(() ->
            destination.write(() -> {
              begun.countDown();
              opened(ends);
              done.add("one");
            }));
    opened(begun);
    destination.write(() -> {
      throw new IOException("disk full");
    });
    CompletableFuture<List<String>> seenAtTheEnd = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          assertThatExceptionOfType(IOException.class).isThrownBy(destination::await);
          seenAtTheEnd.complete(List.copyOf(done));
        });

    ends.countDown();

    assertThat(seenAtTheEnd.get(1, TimeUnit.MINUTES)).containsExactly("one");
  }

  private Destination destination() throws IOException {
    return Destination.of(root, root.resolve("index"));
  }

  /** Returns when {@code latch} has opened. */
  private static void opened(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IOException("Nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpareCoresTest {
  @Test
  void who_is_alone_is_helped_by_all_the_others() throws Exception {
    CountDownLatch together = new CountDownLatch(3);

    new SpareCores(3).share(10, _ -> met(together));

    assertThat(together.getCount()).isZero();
  }

  @Test
  void each_part_is_done_once() throws Exception {
    Queue<Integer> done = new ConcurrentLinkedQueue<>();

    new SpareCores(3).share(1_000, done::add);

    assertThat(done).hasSize(1_000).containsAll(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void nobody_is_helped_by_more_than_he_has_work_for() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    Set<Thread> workers = ConcurrentHashMap.newKeySet();

    new SpareCores(8)
        .share(
            3,
            _ -> {
              met(together);
              workers.add(Thread.currentThread());
            });

    assertThat(workers).hasSize(3);
  }

  @Test
  void who_comes_while_all_cores_are_busy_works_alone() throws Exception {
    SpareCores cores = new SpareCores(2);
    CountDownLatch bothWork = new CountDownLatch(2);
    CountDownLatch alone = new CountDownLatch(1);
    Set<Thread> workers = ConcurrentHashMap.newKeySet();

    cores.share(
        2,
        number -> {
          met(bothWork);
          if (number == 0) {
            cores.share(10, _ -> workers.add(Thread.currentThread()));
            alone.countDown();
          } else {
            waited(() -> alone.await(1, TimeUnit.MINUTES));
          }
        });

    assertThat(workers).hasSize(1);
  }

  @Test
  void a_core_that_becomes_spare_helps_who_came_before() throws Exception {
    SpareCores cores = new SpareCores(2);
    CountDownLatch otherWorks = new CountDownLatch(2);
    CountDownLatch ends = new CountDownLatch(1);
    CountDownLatch together = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> other =
          threads.submit(() -> {
            cores.share(
                2,
                _ -> {
                  met(otherWorks);
                  waited(() -> ends.await(1, TimeUnit.MINUTES));
                });
            return true;
          });
      otherWorks.await();

      cores.share(
          4,
          number -> {
            if (number == 0) {
              ends.countDown();
              waited(() -> other.get(1, TimeUnit.MINUTES));
            } else if (number < 3) {
              met(together);
            }
          });
    }

    assertThat(together.getCount()).isZero();
  }

  @Test
  void cores_are_given_back() throws Exception {
    SpareCores cores = new SpareCores(2);
    CountDownLatch together = new CountDownLatch(2);
    cores.share(2, _ -> {});

    cores.share(2, _ -> met(together));

    assertThat(together.getCount()).isZero();
  }

  @Test
  void what_a_helper_fails_at_has_failed() {
    Thread asks = Thread.currentThread();
    CountDownLatch together = new CountDownLatch(2);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            new SpareCores(2)
                .share(
                    2,
                    _ -> {
                      met(together);
                      if (Thread.currentThread() != asks) {
                        throw new IOException("disk full");
                      }
                    }))
        .withMessage("disk full");
  }

  @Test
  void where_one_part_fails_no_other_is_begun() {
    AtomicInteger begun = new AtomicInteger();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            new SpareCores(1)
                .share(
                    100,
                    number -> {
                      begun.incrementAndGet();
                      if (number == 3) {
                        throw new IOException("disk full");
                      }
                    }));

    assertThat(begun).hasValue(4);
  }

  /** Returns once as many work at the same time as {@code together} counts. */
  private static void met(CountDownLatch together) throws IOException {
    together.countDown();
    waited(() -> together.await(1, TimeUnit.MINUTES));
  }

  private static void waited(Callable<Boolean> wait) throws IOException {
    try {
      if (!wait.call()) {
        throw new IOException("Nobody else came");
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}

package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpareCoresTest {
  @Test
  void who_is_alone_is_helped_by_all_the_others() throws Exception {
    CountDownLatch together = new CountDownLatch(3);

    new SpareCores(3).help(10, () -> met(together));

    assertThat(together.getCount()).isZero();
  }

  @Test
  void nobody_is_helped_by_more_than_he_has_work_for() throws Exception {
    AtomicInteger workers = new AtomicInteger();

    new SpareCores(8).help(2, workers::incrementAndGet);

    assertThat(workers).hasValue(3);
  }

  @Test
  void who_comes_while_all_cores_are_busy_works_alone() throws Exception {
    SpareCores cores = new SpareCores(2);
    CountDownLatch bothWork = new CountDownLatch(2);
    AtomicInteger workers = new AtomicInteger();

    cores.help(
        1,
        () -> {
          if (met(bothWork) && workers.compareAndSet(0, 1)) {
            cores.help(1, workers::incrementAndGet);
          }
          return true;
        });

    assertThat(workers).hasValue(2);
  }

  @Test
  void cores_are_given_back() throws Exception {
    SpareCores cores = new SpareCores(2);
    CountDownLatch together = new CountDownLatch(2);
    cores.help(1, () -> true);

    cores.help(1, () -> met(together));

    assertThat(together.getCount()).isZero();
  }

  @Test
  void what_a_helper_fails_at_has_failed() {
    Thread asks = Thread.currentThread();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            new SpareCores(2)
                .help(
                    1,
                    () -> {
                      if (Thread.currentThread() != asks) {
                        throw new IOException("disk full");
                      }
                      return true;
                    }))
        .withMessage("disk full");
  }

  /** Whether as many work at the same time as {@code together} counts. */
  private static boolean met(CountDownLatch together) throws IOException {
    together.countDown();
    try {
      if (together.await(1, TimeUnit.MINUTES)) {
        return true;
      }
      throw new IOException("Nobody else came");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

package dev.knight.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.doctor.Result.Verdict;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckupTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void what_is_found_is_told_in_the_order_of_the_checks() {
    CountDownLatch second = new CountDownLatch(1);
    List<Result> results =
        run(
            check(
                "first",
                () -> {
                  second.await();
                  return List.of(Result.good("first", "First", ""));
                }),
            check(
                "second",
                () -> {
                  second.countDown();
                  return List.of(Result.good("second", "Second", ""));
                }));

    assertThat(results).extracting(Result::id).containsExactly("first", "second");
    assertThat(told).containsExactly("wait for first", "first", "wait for second", "second");
  }

  @Test
  void a_check_that_throws_is_a_line_and_ends_nothing() {
    List<Result> results =
        run(
            check(
                "broken",
                () -> {
                  throw new IOException("the disk is gone");
                }),
            check(
                "wrong",
                () -> {
                  throw new MisconfiguredException("The key is not set: set it");
                }),
            check("well", () -> List.of(Result.good("well", "Well", ""))));

    assertThat(results)
        .extracting(Result::verdict)
        .containsExactly(Verdict.BAD, Verdict.BAD, Verdict.GOOD);
    assertThat(results.getFirst().reason()).contains("IOException: the disk is gone");
    assertThat(results.get(1).reason()).isEqualTo("The key is not set");
    assertThat(results.get(1).mend()).isEqualTo("set it");
  }

  @Test
  void a_check_that_does_not_end_is_given_up() {
    List<Result> results =
        new Checkup(Duration.ofMillis(50))
            .run(
                List.of(
                    check(
                        "endless",
                        () -> {
                          new CountDownLatch(1).await();
                          return List.of();
                        })),
                _ -> {},
                _ -> {});

    assertThat(results).singleElement().extracting(Result::verdict).isEqualTo(Verdict.BAD);
    assertThat(results.getFirst().reason()).contains("did not come to its end");
  }

  private List<Result> run(Check... checks) {
    return new Checkup()
        .run(List.of(checks), title -> told.add("wait for " + title), it -> told.add(it.id()));
  }

  private static Check check(String id, Callable<List<Result>> look) {
    return new Check() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return id;
      }

      @Override
      public List<Result> look() throws IOException {
        try {
          return look.call();
        } catch (IOException | RuntimeException failure) {
          throw failure;
        } catch (Exception other) {
          throw new IOException(other);
        }
      }
    };
  }
}

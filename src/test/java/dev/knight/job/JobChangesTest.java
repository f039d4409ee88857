package dev.knight.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobChangesTest {
  private static final JobId ONE = new JobId(1);
  private static final JobId TWO = new JobId(2);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final JobChanges changes = new JobChanges();

  @Test
  void each_who_listens_hears_of_a_job_once_for_many_changes() throws InterruptedException {
    try (JobChanges.Ear first = changes.listen();
        JobChanges.Ear second = changes.listen()) {
      changes.tell(List.of(TWO));
      changes.tell(List.of(ONE, TWO));

      assertThat(first.await(LONG)).containsExactly(TWO, ONE);
      assertThat(first.await(Duration.ZERO)).isEmpty();
      assertThat(second.await(LONG)).containsExactly(TWO, ONE);
    }
  }

  @Test
  void who_waits_is_told_and_can_be_let_go() throws Exception {
    try (JobChanges.Ear ear = changes.listen()) {
      CompletableFuture<Set<JobId>> heard = heard(ear);
      changes.tell(List.of(ONE));
      assertThat(heard.get(1, TimeUnit.MINUTES)).containsExactly(ONE);

      CompletableFuture<Set<JobId>> nothing = heard(ear);
      ear.wake();
      assertThat(nothing.get(1, TimeUnit.MINUTES)).isEmpty();
    }
  }

  @Test
  void who_does_not_listen_any_more_holds_nothing() throws InterruptedException {
    JobChanges.Ear ear = changes.listen();
    ear.close();

    changes.tell(List.of(ONE));

    assertThat(ear.await(Duration.ZERO)).isEmpty();
  }

  @Test
  void who_never_looks_forgets_the_first() throws InterruptedException {
    try (JobChanges.Ear ear = changes.listen()) {
      LongStream.rangeClosed(1, 1_500).forEach(id -> changes.tell(List.of(new JobId(id))));

      assertThat(ear.await(LONG)).hasSize(1_000).contains(new JobId(1_500)).doesNotContain(ONE);
    }
  }

  private static CompletableFuture<Set<JobId>> heard(JobChanges.Ear ear) {
    CompletableFuture<Set<JobId>> heard = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            heard.complete(ear.await(Duration.ofMinutes(2)));
          } catch (InterruptedException ended) {
            heard.completeExceptionally(ended);
          }
        });
    return heard;
  }
}

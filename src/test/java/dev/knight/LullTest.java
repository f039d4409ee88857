package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Effect;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Finished;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LullTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  private final MemoryJobStore store = new MemoryJobStore();
  private final Lull lull = new Lull(store);

  @Test
  void an_empty_store_is_left_alone() {
    assertThat(lull.isOver()).isFalse();
  }

  @Test
  void a_job_that_waits_or_runs_or_is_to_be_told_ends_it() {
    assertThat(lull.isOver()).isFalse();

    Job queued = accept();
    assertThat(lull.isOver()).isTrue();
    Job running = store.claim(queued.id(), "w", LATER, NOON).orElseThrow();
    told(running);
    assertThat(lull.isOver()).isTrue();
    Job over = finish(running, new JobState.NoChange("was so already"));
    assertThat(lull.isOver()).isTrue();

    told(over);
    assertThat(lull.isOver()).isFalse();
  }

  @Test
  void a_job_that_is_due_again_later_ends_it() {
    Job running = store.claim(accept().id(), "w", LATER, NOON).orElseThrow();
    told(
        replace(
            running,
            running.retryAt(LATER, new Failure.Own("GitHub is away", Optional.empty()), NOON)));

    assertThat(lull.isOver()).isTrue();
  }

  @Test
  void a_job_that_waits_for_a_person_does_not() {
    Job running = store.claim(accept().id(), "w", LATER, NOON).orElseThrow();
    told(replace(running, running.ask("Which one?", NOON)));

    assertThat(lull.isOver()).isFalse();
  }

  @Test
  void what_a_stopped_job_made_is_kept_first() {
    Job running = store.claim(accept().id(), "w", LATER, NOON).orElseThrow();
    Job stopped = replace(running, running.stop("ada", NOON));
    told(stopped);
    assertThat(lull.isOver()).isTrue();

    told(replace(stopped, stopped.kept(Optional.empty(), NOON)));
    assertThat(lull.isOver()).isFalse();
  }

  @Test
  void what_is_to_be_looked_at_once_more_ends_it() {
    Job running = store.claim(accept().id(), "w", LATER, NOON).orElseThrow();
    Effect made = store.plan(running.id(), Effect.Kind.STATUS_COMMENT, "status", NOON);
    told(finish(running, new JobState.NoChange("was so already")));
    store.settle(made.checked(Optional.of(LATER)));

    assertThat(lull.isOver()).isTrue();
  }

  private Job accept() {
    return store.accept(
        new Mention(
            "n1",
            new Subject(new RepositoryName("ada", "engine"), 7),
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "fix it",
            URI.create("https://github.com/ada/engine/issues/7"),
            NOON),
        NOON);
  }

  private Job finish(Job job, Finished end) {
    return replace(job, job.finish(end, NOON));
  }

  private Job replace(Job before, Job after) {
    return store.replace(before, after, List.of()).orElseThrow();
  }

  private void told(Job job) {
    store.told(job.id(), job.version(), "digest", NOON);
  }
}

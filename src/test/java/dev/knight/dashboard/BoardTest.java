package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BoardTest {
  private static final Instant NOW = Instant.parse("2026-11-26T07:00:00Z");

  private final MemoryJobStore store = new MemoryJobStore();
  private final Board board =
      new Board(
          store,
          new JobLines(
              new Redactor(new KnownSecrets()),
              new DashboardSettings("0.1.0", URI.create("https://github.com"), "knight")));

  @Test
  void there_is_nothing_to_know_at_first() {
    assertThat(board.now().isNone()).isTrue();
    accept(1);
    assertThat(board.now().isNone()).isFalse();
  }

  @Test
  void of_a_long_queue_those_are_shown_that_come_next() {
    for (int issue = 1; issue <= 150; issue++) {
      accept(issue);
    }

    NowJobs now = board.now();

    assertThat(now.queued()).hasSize(10).extracting(JobLine::id).startsWith(1L, 2L, 3L);
    assertThat(now.allQueued()).isEqualTo(150);
    assertThat(now.moreQueued()).isEqualTo(140);
  }

  @Test
  void who_waits_longest_is_asked_first_however_long_the_queue_is() {
    for (int issue = 1; issue <= 30; issue++) {
      ask(accept(issue), NOW.plusSeconds(100 - issue));
    }
    for (int issue = 31; issue <= 400; issue++) {
      accept(issue);
    }

    NowJobs now = board.now();

    assertThat(now.waiting()).hasSize(10);
    assertThat(now.waiting().getFirst().job().id()).isEqualTo(30);
    assertThat(now.moreWaiting()).isEqualTo(20);
    assertThat(now.waitingNews()).isEqualTo("30 jobs wait for you");
  }

  private void ask(Job job, Instant at) {
    Job running = store.claim(job.id(), "w", at.plusSeconds(60), at).orElseThrow();
    assertThat(store.replace(running, running.ask("Short?", at), List.of())).isPresent();
  }

  private Job accept(int issue) {
    return store.accept(
        new Mention(
            "n" + issue,
            new Subject(new RepositoryName("ada", "notes"), issue),
            Mention.Source.ISSUE_COMMENT,
            issue,
            new Person(1, "ada"),
            "Write a note",
            "@knight please",
            URI.create("https://github.com/ada/notes/issues/" + issue),
            NOW),
        NOW);
  }
}

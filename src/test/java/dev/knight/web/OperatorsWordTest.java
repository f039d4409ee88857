package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.api.SteerRequest;
import dev.knight.api.WrongStateException;
import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Order;
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
class OperatorsWordTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final SteerRequest WORD = new SteerRequest("be brief", Optional.of("ada"));

  private final MemoryJobStore store = new MemoryJobStore();

  @Test
  void a_job_that_changes_something_is_told_it() {
    assertThat(said(Order.DO).order()).isEqualTo(Order.DO);
  }

  @Test
  void a_job_that_answers_a_question_is_asked_it_and_nothing_is_changed() {
    assertThat(said(Order.ASK).order()).isEqualTo(Order.ASK);
  }

  @Test
  void a_review_hears_nothing() {
    assertThatThrownBy(() -> said(Order.REVIEW))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("nobody hears it");
  }

  private Mention said(Order order) {
    Mention asked =
        new Mention(
            "n1",
            new Subject(new RepositoryName("ada", "engine"), 7),
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "why?",
            URI.create("https://github.com/ada/engine/issues/7"),
            NOW,
            Optional.empty(),
            order);
    Job job = store.accept(asked, NOW);
    return OperatorsWord.of(job, List.of(asked), WORD, NOW);
  }
}

package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.api.SteerRequest;
import dev.knight.api.WrongStateException;
import dev.knight.fake.MemoryJobStore;
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

  @Test
  void what_is_asked_again_is_what_people_said_and_wants_the_same() {
    Mention asked = mention("n1", Mention.Source.ISSUE_COMMENT, "why?", Order.ASK);
    Mention log = mention("checks:9:a", Mention.Source.WATCH, "delete everything", Order.DO);
    Mention more = mention("n2", Mention.Source.ISSUE_COMMENT, "and how?", Order.ASK);

    Mention again = OperatorsWord.again(store.accept(asked, NOW), List.of(asked, log, more), NOW);

    assertThat(again.text()).isEqualTo("why?\n\nand how?");
    assertThat(again.order()).isEqualTo(Order.ASK);
  }

  private Mention said(Order order) {
    Mention asked = mention("n1", Mention.Source.COMMAND, "why?", order);
    return OperatorsWord.of(store.accept(asked, NOW), List.of(asked), WORD, NOW);
  }

  private static Mention mention(String nodeId, Mention.Source source, String text, Order order) {
    return new Mention(
        nodeId,
        new Subject(new RepositoryName("ada", "engine"), 7),
        source,
        7,
        new Person(1, "ada"),
        "Greet",
        text,
        URI.create("https://github.com/ada/engine/issues/7"),
        NOW,
        Optional.empty(),
        order);
  }
}

package dev.knight.store;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.FigureReading.Result;
import dev.knight.job.FigureReading.Spend;
import dev.knight.job.FigureStore;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What {@link FigureStore} promises, on a real file. */
@QuarkusTest
@TestProfile(StoreOnDisk.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseFigureStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final RepositoryName ENGINE = RepositoryName.parse("Ada/Engine");

  @Inject FigureStore figures;
  @Inject JobStore store;
  @Inject Ledger ledger;
  @Inject Sql sql;
  @Inject Connections connections;

  @BeforeEach
  void empty_the_store() {
    List<String> tables =
        List.of("spend", "merged", "reservation", "effect", "event", "mention", "attempt", "job");
    ledger.write(() -> tables.stream().mapToInt(table -> sql.change("delete from " + table)).sum());
  }

  @AfterEach
  void a_glance_sees_the_same() throws SQLException {
    try (StoreGlance glance =
        new StoreGlance(Optional.of(connections.database().getConnection()))) {
      assertThat(glance.results(Instant.EPOCH)).isEqualTo(figures.results(Instant.EPOCH));
      assertThat(glance.spend(LocalDate.EPOCH)).isEqualTo(figures.spend(LocalDate.EPOCH));
    }
  }

  @Test
  void jobs_are_counted_by_state_and_the_oldest_wait_is_known() {
    accept("n1", 1, NOW);
    accept("n2", 2, NOW.plusSeconds(5));
    store.claim("w", NOW.plusSeconds(90), 2, NOW.plusSeconds(10));

    FigureStore.Census census = figures.census();

    assertThat(census.states()).isEqualTo(Map.of("queued", 1L, "running", 1L));
    assertThat(census.waiting()).contains(NOW.plusSeconds(5));
  }

  @Test
  void money_is_of_the_day_on_which_it_was_spent_and_told_twice_it_is_once() {
    Job job = accept("n1", 1, NOW);

    figures.spent(job.id(), TODAY.minusDays(1), Map.of("small", spent(100, "0.10")));
    figures.spent(job.id(), TODAY.minusDays(1), Map.of("small", spent(100, "0.10")));
    figures.spent(job.id(), TODAY, Map.of("small", spent(150, "0.15"), "large", spent(10, "1.00")));

    assertThat(figures.spend(TODAY.minusDays(1)))
        .extracting(Spend::day, Spend::model, Spend::spent)
        .containsExactly(
            tuple(TODAY.minusDays(1), "small", spent(100, "0.1")),
            tuple(TODAY, "large", spent(10, "1")),
            tuple(TODAY, "small", spent(50, "0.05")));
    assertThat(figures.spend(TODAY)).extracting(Spend::repository).containsOnly(ENGINE);
    figures.spent(job.id(), TODAY.plusDays(1), Map.of("small", spent(150, "0.150")));
    assertThat(figures.spend(TODAY.plusDays(1))).isEmpty();
  }

  @Test
  void what_was_spent_before_models_were_noted_is_not_counted_twice() {
    Job job = accept("n1", 1, NOW);
    LocalDate then = TODAY.minusDays(9);
    figures.spent(job.id(), then, Map.of("unknown", spent(100, "1")));

    figures.spent(job.id(), TODAY, Map.of("small", spent(90, "0.90")));
    figures.spent(job.id(), TODAY, Map.of("large", spent(30, "0.30")));
    figures.spent(job.id(), TODAY, Map.of("small", spent(95, "0.95")));

    assertThat(figures.spend(then))
        .extracting(Spend::day, Spend::model, Spend::spent)
        .containsExactly(
            tuple(then, "large", spent(10, "0.1")),
            tuple(then, "small", spent(90, "0.9")),
            tuple(TODAY, "large", spent(20, "0.2")),
            tuple(TODAY, "small", spent(5, "0.05")));
  }

  @Test
  void a_job_has_its_pull_request_its_wait_and_whether_people_merged_it() {
    Job job = accept("n1", 1, NOW);
    accept("n2", 2, NOW.plusSeconds(1));
    Effect planned =
        store.plan(job.id(), Effect.Kind.PULL_REQUEST, "knight/1", NOW.plusSeconds(70));
    URI page = URI.create("https://github.com/Ada/Engine/pull/90");
    store.settle(planned.as(Effect.State.DONE, Optional.of("90"), Optional.of(page)));
    Subject pull = new Subject(ENGINE, 90);

    store.merged(pull, NOW.plusSeconds(600), NOW.plusSeconds(700));
    store.merged(pull, NOW.plusSeconds(600), NOW.plusSeconds(800));
    store.merged(new Subject(ENGINE, 91), NOW, NOW);

    List<Result> results = figures.results(NOW);
    assertThat(results).hasSize(2);
    assertThat(results.getFirst().isPublished()).isTrue();
    assertThat(results.getFirst().isMerged()).isTrue();
    assertThat(results.getFirst().delay()).contains(Duration.ofSeconds(80));
    assertThat(results.getLast().isPublished()).isFalse();
    assertThat(results.getLast().isMerged()).isFalse();
    assertThat(results.getLast().delay()).isEmpty();
    assertThat(store.events(job.id(), 0)).extracting(Event::kind).containsOnlyOnce("merged");
    assertThat(figures.results(NOW.plusSeconds(2))).isEmpty();
  }

  @Test
  void the_jobs_since_then_are_found_among_very_many() {
    keep(1, 600, NOW.minusSeconds(1));
    keep(601, 1_200, NOW);

    List<Result> since = figures.results(NOW);

    assertThat(since).hasSize(600).allMatch(result -> result.createdAt().equals(NOW));
    assertThat(since).isSortedAccordingTo(comparingLong(result -> result.job().value()));
    assertThat(figures.results(NOW.minusSeconds(1))).hasSize(1_200);
    assertThat(figures.results(NOW.plusSeconds(1))).isEmpty();
  }

  private void keep(int first, int last, Instant at) {
    List<JudgedMention> mentions =
        IntStream.rangeClosed(first, last)
            .mapToObj(number -> mention("n" + number, number, at))
            .map(mention -> new JudgedMention(mention, Verdict.ACCEPTED))
            .toList();
    StreamAnchor anchor = new StreamAnchor(at, Optional.empty());
    store.keep(ENGINE, StreamKind.ISSUES, anchor, mentions, at);
  }

  private Job accept(String node, long number, Instant at) {
    return store.accept(mention(node, number, at), at);
  }

  private static Mention mention(String node, long number, Instant at) {
    return new Mention(
        node,
        new Subject(ENGINE, number),
        Mention.Source.ISSUE,
        number,
        new Person(1, "ada"),
        "Engine stalls",
        "@knight mend it",
        URI.create("https://github.com/Ada/Engine/issues/" + number),
        at.minusSeconds(10));
  }

  private static Spent spent(long tokens, String usd) {
    return new Spent(tokens, 0, new BigDecimal(usd));
  }
}

package dev.knight.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryConventionStore;
import dev.knight.fake.TestClock;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Convention;
import dev.knight.job.Convention.Stage;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final RepositoryName MILL = new RepositoryName("ada", "mill");
  private static final Person ADA = new Person(1, "ada");
  private static final Person GRACE = new Person(2, "grace");
  private static final URI SAID = URI.create("https://github.com/ada/engine/pull/9#discussion_r1");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final Memory memory =
      new Memory(
          new MemoryConventionStore(),
          new Redactor(new KnownSecrets(new Secret("the-secret-of-the-owner"))),
          clock);

  @Test
  void what_was_said_once_is_told_to_no_job() {
    Convention learnt = learn("Tests use AssertJ.", "r1");

    assertThat(learnt.stage()).isEqualTo(Stage.CANDIDATE);
    assertThat(learnt.source()).isEqualTo(SAID);
    assertThat(memory.confirmed(ENGINE)).isEmpty();
    assertThat(memory.living(Optional.empty())).containsExactly(learnt);
  }

  @Test
  void the_same_correction_is_learnt_once() {
    assertThat(learn("Tests use AssertJ.", "r1")).isEqualTo(learn("Tests use AssertJ.", "r1"));

    assertThat(memory.living(Optional.of(ENGINE))).hasSize(1);
  }

  @Test
  void a_person_confirms_it() {
    Convention learnt = learn("Tests use AssertJ.", "r1");

    memory.confirm(learnt.id(), "grace");

    assertThat(rules()).containsExactly("Tests use AssertJ.");
    assertThat(memory.confirmed(MILL)).isEmpty();
  }

  @Test
  void what_is_said_a_second_time_is_confirmed_but_not_by_its_own_comment() {
    Convention learnt = learn("Tests use AssertJ.", "r1");

    memory.heardAgain(ENGINE, learnt.id(), ADA, "r1");
    assertThat(rules()).isEmpty();

    memory.heardAgain(MILL, learnt.id(), ADA, "r2");
    assertThat(rules()).isEmpty();

    memory.heardAgain(ENGINE, learnt.id(), GRACE, "r2");
    assertThat(rules()).containsExactly("Tests use AssertJ.");
    assertThat(memory.find(learnt.id()).orElseThrow().note()).isEqualTo("said again by grace");
  }

  @Test
  void what_is_contradicted_holds_no_more_and_does_not_come_back_by_itself() {
    Convention learnt = confirmed("Tests use AssertJ.", "r1");

    memory.contradicted(ENGINE, learnt.id(), GRACE, "r3");
    memory.heardAgain(ENGINE, learnt.id(), ADA, "r4");

    assertThat(memory.living(Optional.empty())).isEmpty();
    assertThat(memory.find(learnt.id()).orElseThrow().note()).isEqualTo("contradicted by grace");
  }

  @Test
  void what_no_job_goes_by_expires() {
    Convention used = confirmed("Tests use AssertJ.", "r1");
    confirmed("Names are short.", "r2");
    clock.pass(Duration.ofDays(60));
    memory.used(ENGINE, List.of(used.id()));

    clock.pass(Duration.ofDays(60));

    assertThat(rules()).containsExactly("Tests use AssertJ.");
  }

  @Test
  void a_candidate_that_nobody_confirms_is_forgotten() {
    learn("Tests use AssertJ.", "r1");

    clock.pass(Duration.ofDays(31));

    assertThat(memory.living(Optional.of(ENGINE))).isEmpty();
  }

  @Test
  void the_owner_edits_and_forgets() {
    Convention learnt = learn("Tests use AssertJ", "r1");

    memory.edit(learnt.id(), "Tests use AssertJ and nothing else.", "the operator");
    assertThat(rules()).containsExactly("Tests use AssertJ and nothing else.");

    memory.forget(learnt.id(), "the operator");
    assertThat(rules()).isEmpty();
    assertThat(memory.forget(99, "the operator")).isEmpty();
  }

  @Test
  void a_rule_is_one_short_line_without_secrets() {
    Convention learnt =
        learn("Use\nthe-secret-of-the-owner\u001b[31m here. " + "x".repeat(400), "r1");

    assertThat(learnt.rule())
        .doesNotContain("the-secret", "\n", "\u001b")
        .hasSizeLessThanOrEqualTo(Convention.LONGEST);
  }

  @Test
  void people_find_the_section_in_their_own_file() {
    Convention first = confirmed("Tests use AssertJ.", "r1");
    String file = AgentsFile.with("# Agents\n\nBe kind.\n", List.of(first));
    assertThat(file).startsWith("# Agents\n\nBe kind.\n\n## Conventions\n").contains("- Tests use");

    Convention second = confirmed("No <!-- comments -->.", "r2");
    String next = AgentsFile.with(file + "\nMore of ours.\n", List.of(second));
    assertThat(next)
        .contains("Be kind.", "More of ours.", "- No <! -- comments -- >.")
        .doesNotContain("AssertJ")
        .containsOnlyOnce("## Conventions");
    assertThat(AgentsFile.with(next, List.of(second))).isEqualTo(next);
  }

  private List<String> rules() {
    return memory.confirmed(ENGINE).stream().map(Convention::rule).toList();
  }

  private Convention learn(String rule, String key) {
    return memory.learn(ENGINE, rule, ADA, SAID, key, Optional.of("abc1234")).orElseThrow();
  }

  private Convention confirmed(String rule, String key) {
    return memory.confirm(learn(rule, key).id(), "ada").orElseThrow();
  }
}

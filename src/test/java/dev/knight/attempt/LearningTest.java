package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryConventionStore;
import dev.knight.fake.TestClock;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Convention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.memory.Memory;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LearningTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");

  private final TestClock clock = TestClock.atNoon();
  private final Memory memory =
      new Memory(new MemoryConventionStore(), new Redactor(new KnownSecrets()), clock);
  private final Learning learning = new Learning(memory);

  @Test
  void a_rule_is_a_candidate_of_its_own_remark() {
    Reviewed reviewed =
        reviewed(
            """
            {"rules": [{"remark": 2, "rule": "Tests use AssertJ."}, {"remark": 2, "rule": "And more."},
              {"remark": 1}, {"remark": 9, "rule": "Of nobody."}]}\
            """);

    assertThat(learning.from(reviewed, 0, "r1", Optional.empty())).isEmpty();
    assertThat(learning.from(reviewed, 1, "r2", Optional.empty()))
        .hasValueSatisfying(one -> {
          assertThat(one.rule()).isEqualTo("Tests use AssertJ.");
          assertThat(one.by().login()).isEqualTo("grace");
        });
    assertThat(memory.living(Optional.empty())).hasSize(1);
  }

  @Test
  void what_is_said_again_or_otherwise_changes_what_is_kept() {
    Convention kept = learn("Tests use AssertJ.");

    learning.from(reviewed("{\"rules\": [{\"remark\": 1, \"again\": 1}]}"), 0, "r5", commit());
    assertThat(memory.confirmed(ENGINE)).extracting(Convention::id).containsExactly(kept.id());

    learning.from(
        reviewed("{\"rules\": [{\"remark\": 1, \"contradicts\": 1}]}"), 0, "r6", commit());
    assertThat(memory.living(Optional.empty())).isEmpty();
  }

  @Test
  void a_block_without_rules_teaches_nothing() {
    assertThat(learning.from(reviewed("{\"rules\": \"all\"}"), 0, "r1", commit())).isEmpty();
    assertThat(RemarkRule.of("nothing")).isEmpty();
  }

  private Convention learn(String rule) {
    String block = "{\"rules\": [{\"remark\": 1, \"rule\": \"%s\"}]}".formatted(rule);
    return learning.from(reviewed(block), 0, "r1", commit()).orElseThrow();
  }

  private static Optional<dev.knight.git.Commit> commit() {
    return Optional.of(new dev.knight.git.Commit("a".repeat(40)));
  }

  private Reviewed reviewed(String block) {
    Mention review =
        new Mention(
            "PRR_1",
            new Subject(ENGINE, 9),
            Mention.Source.REVIEW,
            9,
            new Person(2, "grace"),
            "Mend it",
            "Nearly.",
            URI.create("https://github.com/ada/engine/pull/9#pullrequestreview-1"),
            clock.instant());
    return new Reviewed(review, List.of(), List.of(), RemarkRule.of("```json\n" + block + "\n```"));
  }
}

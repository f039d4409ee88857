package dev.knight.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.FakeGitHub;
import dev.knight.fake.MemoryConventionStore;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.github.Permission;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.memory.Memory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfirmationsTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final TestClock clock = TestClock.atNoon();
  private final MemoryJobStore store = new MemoryJobStore();
  private final Memory memory =
      new Memory(new MemoryConventionStore(), new Redactor(new KnownSecrets()), clock);
  private final Confirmations confirmations =
      new Confirmations(
          new FakeGitHub(clock, () -> Duration.ZERO),
          store,
          memory,
          new PollingSettings(true, INTERVAL, List.of(ENGINE), Set.of()),
          new TrustSettings(Permission.WRITE, Set.of(), 10, 10),
          clock);

  @Test
  void where_nothing_is_to_be_confirmed_nobody_looks_until_something_is_written() {
    assertThat(confirmations.isDue()).isTrue();
    confirmations.runOnce();
    clock.pass(INTERVAL);
    assertThat(confirmations.isDue()).isFalse();

    writeSomething();
    assertThat(confirmations.isDue()).isTrue();
    confirmations.runOnce();
    clock.pass(INTERVAL);
    assertThat(confirmations.isDue()).isFalse();
  }

  @Test
  void what_waits_for_a_person_is_looked_at_at_each_interval() {
    memory.learn(
        ENGINE,
        "Tests use AssertJ.",
        new Person(1, "ada"),
        URI.create("https://github.com/ada/engine/pull/9#discussion_r1"),
        "r1",
        Optional.empty());

    confirmations.runOnce();
    assertThat(confirmations.isDue()).isFalse();
    clock.pass(INTERVAL);

    assertThat(confirmations.isDue()).isTrue();
  }

  private void writeSomething() {
    store.readUpTo("somebody", 1);
  }
}

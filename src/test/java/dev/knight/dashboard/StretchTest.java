package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StretchTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Job running = running();

  @Test
  void a_step_takes_until_the_next_and_the_last_until_now() {
    List<Event> story =
        List.of(
            at(0, "accepted", "ada asked"),
            at(1, "step", "Entered prepare"),
            at(4, "prompt", "Asked the agent to implement it"),
            at(5, "step", "Entered implement"));

    assertThat(Stretch.of(running, story, NOON.plusSeconds(70)))
        .extracting(Stretch::step, Stretch::took, Stretch::isUnderWay)
        .containsExactly(tuple("prepare", "4 s", false), tuple("implement", "1 min 05 s", true));
  }

  @Test
  void nobody_is_at_work_while_a_person_is_waited_for() {
    List<Event> story =
        List.of(
            at(1, "step", "Entered implement"),
            at(11, "needs-you", "Which one?"),
            at(500, "step", "Entered prepare"),
            at(510, "finished", "failed: no"));
    Job over = running.finish(new JobState.Failed("no", Optional.empty()), NOON.plusSeconds(510));

    assertThat(Stretch.of(over, story, NOON.plusSeconds(9_000)))
        .extracting(Stretch::step, Stretch::took, Stretch::isUnderWay)
        .containsExactly(tuple("implement", "10 s", false), tuple("prepare", "10 s", false));
  }

  @Test
  void times_have_at_most_two_units() {
    assertThat(Stretch.words(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Stretch.words(Duration.ofSeconds(3_599))).isEqualTo("59 min 59 s");
    assertThat(Stretch.words(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
    assertThat(Stretch.words(Duration.ofSeconds(-3))).isEqualTo("0 s");
  }

  private Event at(long second, String kind, String text) {
    return Event.of(running.id(), NOON.plusSeconds(second), kind, text);
  }

  private static Job running() {
    MemoryJobStore store = new MemoryJobStore();
    Mention mention =
        new Mention(
            "n1",
            new Subject(new RepositoryName("ada", "engine"), 7),
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "fix it",
            URI.create("https://github.com/ada/engine/issues/7"),
            NOON);
    Job made = store.accept(mention, NOON);
    return store.claim(made.id(), "w", NOON.plusSeconds(60), NOON).orElseThrow();
  }
}

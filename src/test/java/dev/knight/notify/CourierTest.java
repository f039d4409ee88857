package dev.knight.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Person;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CourierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "the-secret-of-the-test";
  private static final URI PULL = URI.create("https://github.com/ada/engine/pull/8");

  private final MemoryJobStore store = new MemoryJobStore();
  private final TestClock clock = new TestClock(NOW);
  private final Redactor redactor = new Redactor(new KnownSecrets(new Secret(SECRET)));
  private final Road road = new Road();
  private Courier courier = courier();

  /** A way that remembers what it carried, and is blocked as it is told. */
  private static final class Road implements Way {
    final List<Notice> carried = new ArrayList<>();
    final Deque<RuntimeException> blocks = new ArrayDeque<>();
    int tries;

    @Override
    public String name() {
      return "the road";
    }

    @Override
    public String key() {
      return "road";
    }

    @Override
    public void carry(Notice notice) {
      tries++;
      if (!blocks.isEmpty()) {
        throw blocks.removeFirst();
      }
      carried.add(notice);
    }

    List<String> told() {
      return carried.stream().map(notice -> notice.occasion().word()).toList();
    }
  }

  @BeforeEach
  void begin() {
    run();
  }

  @Test
  void it_is_due_when_something_was_written_and_not_once_that_is_read() {
    run();
    assertThat(courier.isDue()).isFalse();

    asks(job(7), "Tabs or spaces?");
    assertThat(courier.isDue()).isTrue();
    run();
    run();

    assertThat(courier.isDue()).isFalse();
  }

  @Test
  void people_are_told_once_what_they_want_to_hear() {
    Job job = job(7);
    Job asking = asks(job, "Tabs or spaces?\u001b[31m " + SECRET);
    run();
    run();
    done(asking);
    run();

    assertThat(road.told()).containsExactly("needs-you", "done");
    Notice asked = road.carried.getFirst();
    assertThat(asked.title()).isEqualTo("knight needs you: ada/engine#7 Greet ***");
    assertThat(asked.text()).isEqualTo("Tabs or spaces?\uFFFD[31m ***");
    assertThat(NoticeJson.of(asked).toString()).contains("\"title\":\"Greet ***\"");
    assertThat(asked.link()).hasToString("https://github.com/ada/engine/issues/7");
    Notice done = road.carried.getLast();
    assertThat(done.text()).isEqualTo("It greets.");
    assertThat(done.link()).isEqualTo(PULL);
    assertThat(done.id()).isNotEqualTo(asked.id());
  }

  @Test
  void what_was_before_anybody_was_to_be_told_is_not_told() {
    Road late = new Road();
    asks(job(7), "Which one?");

    Courier later = new Courier(store, new Named(late, "other"), all(), redactor, clock);
    later.runOnce(() -> false);
    asks(job(8), "And this?");
    later.runOnce(() -> false);

    assertThat(late.carried)
        .extracting(Notice::text)
        .contains("And this?")
        .doesNotContain("Which one?");
  }

  @Test
  void the_next_service_goes_on_where_this_one_came_to() {
    asks(job(7), "Which one?");
    run();
    asks(job(8), "And this?");

    courier = courier();
    run();

    assertThat(road.carried).extracting(Notice::text).containsExactly("Which one?", "And this?");
  }

  @Test
  void a_blocked_way_is_tried_again_with_waits_that_grow_and_keeps_the_order() {
    block(new UnavailableException("away", Optional.empty()), 2);
    asks(job(7), "Which one?");
    asks(job(8), "And this?");

    run();
    run();
    assertThat(road.tries).isOne();
    clock.pass(Duration.ofSeconds(10));
    run();
    clock.pass(Duration.ofSeconds(10));
    run();
    assertThat(road.tries).isEqualTo(2);
    clock.pass(Duration.ofSeconds(10));
    run();

    assertThat(road.carried).extracting(Notice::text).containsExactly("Which one?", "And this?");
  }

  @Test
  void who_says_when_to_come_again_is_believed() {
    block(new UnavailableException("busy", Optional.of(NOW.plusSeconds(100))), 1);
    asks(job(7), "Which one?");
    run();
    clock.pass(Duration.ofSeconds(99));
    run();
    assertThat(road.carried).isEmpty();

    clock.pass(Duration.ofSeconds(1));
    run();

    assertThat(road.carried).hasSize(1);
  }

  @Test
  void what_is_refused_blocks_nothing() {
    block(new RefusedException("too large"), 1);
    asks(job(7), "Which one?");
    asks(job(8), "And this?");
    run();

    assertThat(road.carried).extracting(Notice::text).containsExactly("And this?");
  }

  @Test
  void after_a_day_it_is_no_news_any_more() {
    block(new MisconfiguredException("wrong address"), 1_000);
    asks(job(7), "Which one?");
    for (int i = 0; i < 400; i++) {
      clock.pass(Duration.ofMinutes(5));
      run();
    }
    road.blocks.clear();
    clock.pass(Duration.ofMinutes(5));
    asks(job(8), "And this?");
    run();

    assertThat(road.carried).extracting(Notice::text).containsExactly("And this?");
    assertThat(road.tries).as("none after a day").isBetween(280, 295);
  }

  @Test
  void a_service_that_ends_begins_with_nothing_more() {
    asks(job(7), "Which one?");

    courier.runOnce(() -> true);
    assertThat(road.carried).isEmpty();
    run();

    assertThat(road.carried).hasSize(1);
  }

  private record Named(Way way, String key) implements Way {
    @Override
    public String name() {
      return key;
    }

    @Override
    public void carry(Notice notice) {
      way.carry(notice);
    }
  }

  private void block(RuntimeException why, int times) {
    for (int i = 0; i < times; i++) {
      road.blocks.add(why);
    }
  }

  private void run() {
    courier.runOnce(() -> false);
  }

  private Courier courier() {
    return new Courier(store, road, EnumSet.of(Occasion.NEEDS_YOU, Occasion.DONE), redactor, clock);
  }

  private static Set<Occasion> all() {
    return EnumSet.allOf(Occasion.class);
  }

  private Job asks(Job job, String question) {
    Instant now = clock.instant();
    Job running = store.claim(job.id(), "w", now.plusSeconds(60), now).orElseThrow();
    return store
        .replace(
            running,
            running.ask(question, now),
            List.of(Event.of(job.id(), now, "needs-you", question)))
        .orElseThrow();
  }

  private void done(Job asking) {
    Instant now = clock.instant();
    Job queued = store.replace(asking, asking.answer(now), List.of()).orElseThrow();
    Job running = store.claim(queued.id(), "w", now.plusSeconds(60), now).orElseThrow();
    JobState.Done done = new JobState.Done(PULL, false, "It greets.");
    store.replace(
        running,
        running.finish(done, now),
        List.of(Event.of(queued.id(), now, "finished", done.word() + ": " + done.reason())));
  }

  private Job job(long number) {
    return store.accept(
        new Mention(
            "n" + number,
            new Subject(new RepositoryName("ada", "engine"), number),
            Mention.Source.COMMAND,
            number,
            new Person(1, "ada"),
            "Greet " + SECRET,
            "fix it",
            URI.create("https://github.com/ada/engine/issues/" + number),
            clock.instant()),
        clock.instant());
  }
}

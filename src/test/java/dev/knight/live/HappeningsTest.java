package dev.knight.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HappeningsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MemoryJobStore store = new MemoryJobStore();
  private final Happenings happenings = new Happenings(store);

  /** One who looks on, and says so in lines. */
  private static final class Onlooker implements Happenings.Listener {
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    volatile boolean gone;
    volatile Runnable leaves = () -> {};

    @Override
    public void begin(long position, Runnable nudge) {
      leaves = nudge;
      lines.add("begin " + position);
    }

    @Override
    public void tell(Happening one) throws IOException {
      if (gone) {
        throw new IOException("gone");
      }
      lines.add(
          one.event()
              .map(event -> event.sequence() + " " + event.text())
              .orElse("job " + one.job().id() + " " + one.job().state().word()));
    }

    @Override
    public void beat() throws IOException {
      if (gone) {
        throw new IOException("gone");
      }
      lines.add("beat");
    }

    /** The lines up to the first that is {@code last}. */
    List<String> until(Predicate<String> last) throws InterruptedException {
      List<String> told = new ArrayList<>();
      while (true) {
        String line = lines.poll(1, TimeUnit.MINUTES);
        assertThat(line).as("after %s", told).isNotNull();
        told.add(line);
        if (last.test(line)) {
          return told;
        }
      }
    }
  }

  @Test
  void who_saw_a_part_is_told_the_rest_once_and_then_what_is_new() throws Exception {
    Job job = job(7);
    long seen = store.lastEvent();
    tell(job, "one");
    tell(job, "two");
    Onlooker late = new Onlooker();
    Onlooker fresh = new Onlooker();
    CompletableFuture<Void> first = follow(OptionalLong.of(seen), Optional.empty(), late);
    CompletableFuture<Void> second = follow(OptionalLong.empty(), Optional.empty(), fresh);
    assertThat(fresh.until(line -> line.startsWith("begin")))
        .containsExactly("begin " + (seen + 2));
    assertThat(late.until(line -> line.endsWith("two")))
        .containsExactly("begin " + seen, (seen + 1) + " one", (seen + 2) + " two");

    tell(job, "three");

    assertThat(late.until(line -> line.endsWith("three"))).containsOnlyOnce((seen + 3) + " three");
    assertThat(fresh.until(line -> line.endsWith("three")))
        .containsOnlyOnce((seen + 3) + " three")
        .noneMatch(line -> line.endsWith("two"));
    happenings.end();
    first.get(1, TimeUnit.MINUTES);
    second.get(1, TimeUnit.MINUTES);
  }

  @Test
  void a_job_that_changes_without_a_word_is_told_and_another_one_is_not_if_one_is_wanted()
      throws Exception {
    Job seven = job(7);
    Job eight = job(8);
    Onlooker onlooker = new Onlooker();
    CompletableFuture<Void> end = follow(OptionalLong.empty(), Optional.of(eight.id()), onlooker);
    onlooker.until(line -> line.startsWith("begin"));

    tell(seven, "not of interest");
    store.replace(eight, eight.stop("enough", NOW), List.of());

    assertThat(onlooker.until(line -> line.startsWith("job"))).containsExactly("job 2 stopped");
    happenings.end();
    end.get(1, TimeUnit.MINUTES);
  }

  @Test
  void who_has_left_makes_room_for_another() throws Exception {
    Job job = job(7);
    Onlooker onlooker = new Onlooker();
    CompletableFuture<Void> end = follow(OptionalLong.empty(), Optional.empty(), onlooker);
    onlooker.until(line -> line.startsWith("begin"));

    onlooker.gone = true;
    tell(job, "nobody hears this");

    assertThatThrownBy(() -> end.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("gone");
  }

  @Test
  void who_leaves_while_nothing_happens_is_let_go_at_once() throws Exception {
    Onlooker onlooker = new Onlooker();
    CompletableFuture<Void> end = follow(OptionalLong.empty(), Optional.empty(), onlooker);
    onlooker.until(line -> line.startsWith("begin"));

    onlooker.gone = true;
    onlooker.leaves.run();

    assertThatThrownBy(() -> end.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("gone");
  }

  private CompletableFuture<Void> follow(
      OptionalLong after, Optional<JobId> only, Onlooker onlooker) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            happenings.follow(after, only, onlooker);
            end.complete(null);
          } catch (IOException | InterruptedException over) {
            end.completeExceptionally(over);
          }
        });
    return end;
  }

  private void tell(Job job, String text) {
    store.tell(List.of(Event.of(job.id(), NOW, "step", text)));
  }

  private Job job(long number) {
    return store.accept(
        new Mention(
            "n" + number,
            new Subject(new RepositoryName("ada", "engine"), number),
            Mention.Source.COMMAND,
            number,
            new Person(1, "ada"),
            "Greet",
            "fix it",
            URI.create("https://github.com/ada/engine/issues/" + number),
            NOW),
        NOW);
  }
}

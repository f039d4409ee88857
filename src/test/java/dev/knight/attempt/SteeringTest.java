package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.Session;
import dev.knight.agent.Turn;
import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import dev.knight.job.StoredMention;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteeringTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Subject SUBJECT = new Subject(new RepositoryName("ada", "engine"), 7);

  private final MemoryJobStore store = new MemoryJobStore();
  private final Ears session = new Ears();
  private final Story story = new Story(running());

  @Test
  void what_is_added_is_delivered_once_the_agent_has_it_and_not_before() {
    steering();
    add("n2", "use tabs");

    story.beat();
    assertThat(session.said).hasSize(1);
    assertThat(session.said.getFirst()).contains("ada has just added", "use tabs", "<<< begin");
    story.beat();
    assertThat(session.said).hasSize(1);
    assertThat(delivered("n2")).isFalse();
    assertThat(reactions()).containsExactly("n1");

    session.hears("n2");
    story.beat();
    assertThat(delivered("n2")).isTrue();
    assertThat(reactions()).containsExactly("n1", "n2");
    assertThat(story.told)
        .containsExactly("prompt: While it worked, the agent heard what ada added");

    story.beat();
    assertThat(session.said).hasSize(1);
    assertThat(story.told).hasSize(1);
  }

  @Test
  void two_at_once_are_both_told() {
    steering();
    add("n2", "use tabs");
    add("n3", "and no spaces");

    story.beat();

    assertThat(session.said).hasSize(2);
    assertThat(session.said.getLast()).contains("and no spaces");
  }

  @Test
  void what_was_said_first_is_told_first() {
    steering();
    add("n2", "use tabs");
    add("n3", "and no spaces");
    session.refuses = 1;

    story.beat();
    assertThat(session.said).isEmpty();
    story.beat();

    assertThat(session.said.getFirst()).contains("use tabs");
    assertThat(session.said.getLast()).contains("and no spaces");
  }

  @Test
  void what_waited_in_an_agent_that_died_is_told_to_the_next_one() {
    steering();
    add("n2", "use tabs");
    story.beat();

    session.dies();
    steering();
    story.beat();

    assertThat(session.said).hasSize(2);
    assertThat(delivered("n2")).isFalse();
  }

  @Test
  void what_the_agent_heard_just_before_its_end_is_not_told_again() {
    Steering steering = steering();
    add("n2", "use tabs");
    story.beat();
    session.hears("n2");

    assertThat(steering.has(stored("n2"))).isTrue();

    assertThat(delivered("n2")).isTrue();
    assertThat(steering.has(stored("n2"))).isTrue();
    assertThat(story.told).hasSize(1);
  }

  @Test
  void what_was_heard_in_a_turn_is_delivered_when_that_is_over() {
    Steering steering = steering();
    add("n2", "use tabs");
    add("n3", "and no spaces");
    story.beat();
    session.hears("n2");

    steering.settle();

    assertThat(delivered("n2")).isTrue();
    assertThat(delivered("n3")).isFalse();
  }

  @Test
  void what_comes_too_late_for_a_run_is_left_to_a_prompt_of_its_own() {
    Steering steering = steering();
    session.rests = true;
    add("n2", "use tabs");
    story.beat();
    assertThat(session.said).isEmpty();

    assertThat(steering.has(stored("n2"))).isFalse();
    session.rests = false;
    story.beat();

    assertThat(session.said).isEmpty();
    assertThat(delivered("n2")).isFalse();
  }

  @Test
  void a_prompt_that_an_earlier_service_asked_is_not_told_besides() {
    session.told.put("more n2", Session.Told.ASKED);
    steering();
    add("n2", "use tabs");

    story.beat();

    assertThat(session.said).isEmpty();
  }

  @Test
  void the_request_itself_and_what_comes_after_the_end_are_not_told() {
    Steering steering = steering();
    story.beat();
    steering.close();
    add("n2", "use tabs");
    story.beat();

    assertThat(session.said).isEmpty();
  }

  private Steering steering() {
    story.looks.clear();
    return new Steering(session, new Prompts(new Random(7)), store, story, Runnable::run);
  }

  private Job running() {
    add("n1", "please fix it");
    return store.claim("w", NOW.plusSeconds(60), 1, NOW).orElseThrow();
  }

  private void add(String nodeId, String text) {
    URI link = URI.create("https://github.com/ada/engine/issues/7#" + nodeId);
    Mention mention =
        new Mention(
            nodeId,
            SUBJECT,
            Mention.Source.ISSUE_COMMENT,
            70,
            new Person(1, "ada"),
            "Greet",
            text,
            link,
            NOW);
    store.keep(
        SUBJECT.repository(),
        StreamKind.ISSUE_COMMENTS,
        new StreamAnchor(NOW, Optional.empty()),
        List.of(new JudgedMention(mention, Verdict.ACCEPTED)),
        NOW);
  }

  private StoredMention stored(String nodeId) {
    return store.mention(nodeId).orElseThrow();
  }

  private boolean delivered(String nodeId) {
    return stored(nodeId).delivered();
  }

  private List<String> reactions() {
    return store.unsettled(Effect.Kind.REACTION).stream().map(Effect::key).toList();
  }

  /** A session that hears when the test says so. */
  private static final class Ears implements Session {
    private final List<String> said = new ArrayList<>();
    private final Map<String, Told> told = new HashMap<>();
    private boolean rests;
    private int refuses;

    void hears(String nodeId) {
      told.put("more " + nodeId, Told.HEARD);
    }

    void dies() {
      told.clear();
    }

    @Override
    public boolean steer(String key, String text) {
      if (refuses > 0) {
        refuses--;
        return false;
      }
      if (!rests) {
        said.add(text);
        told.put(key, Told.WAITS);
      }
      return !rests;
    }

    @Override
    public Told told(String key) {
      return told.getOrDefault(key, Told.NOT);
    }

    @Override
    public Turn prompt(String key, String text) {
      throw new UnsupportedOperationException("asked: " + key);
    }

    @Override
    public void watch(Consumer<String> listener) {}

    @Override
    public void abort() {}

    @Override
    public Spent spent() {
      return Spent.NOTHING;
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
  }

  private static final class Story implements Progress {
    private final Job job;
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> looks = new ArrayList<>();

    Story(Job job) {
      this.job = job;
    }

    void beat() {
      looks.forEach(Runnable::run);
    }

    @Override
    public Job job() {
      return job;
    }

    @Override
    public void enter(Step step) {}

    @Override
    public void tell(String kind, String text) {
      told.add(kind + ": " + text);
    }

    @Override
    public void spent(Spent total) {}

    @Override
    public void branch(String name) {}

    @Override
    public void works(Side side) {}

    @Override
    public void onBeat(Runnable look) {
      looks.add(look);
    }

    @Override
    public void onCancel(Runnable stop) {}
  }
}

package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoryTest {
  private static final Story STORY =
      Story.of(
          Story.entry(
              """
              {"events": [
                {"at": "2026-11-26T10:00:00Z", "kind": "accepted", "text": "ada asked: this"},
                {"at": "2026-11-26T10:00:01Z", "kind": "step", "text": "Entered prepare"},
                {"at": "2026-11-26T10:00:03Z", "kind": "step", "text": "Entered implement"},
                {"at": "2026-11-26T10:00:04Z", "kind": "prompt", "text": "Asked the agent"},
                {"at": "2026-11-26T10:00:08Z", "kind": "finished", "text": "done: it"}]}
              """));

  @TempDir Path home;

  @Test
  void a_step_lasts_until_the_next_or_the_end() {
    assertThat(STORY.steps())
        .extracting(Story.Part::name, Story.Part::millis)
        .containsExactly(
            tuple("wait for a worker", 1000.0),
            tuple("prepare", 2000.0),
            tuple("implement", 5000.0));
  }

  @Test
  void a_line_is_found_by_its_kind_and_how_it_begins() {
    assertThat(STORY.at("step", "Entered impl")).isEqualTo(Instant.parse("2026-11-26T10:00:03Z"));
    assertThat(STORY.has("prompt")).isTrue();
    assertThat(STORY.has("resumed")).isFalse();
  }

  @Test
  void pi_starts_until_it_is_asked_and_has_its_turn_until_it_settles() throws IOException {
    KnightHome knight = new KnightHome(home);
    Files.createDirectories(knight.recordings());
    String journal =
        """
        {"seq": 1, "at": "2026-11-26T10:00:00Z", "kind": "started", "pid": 7}
        {"seq": 2, "at": "2026-11-26T10:00:01Z", "kind": "prompt", "key": "a", "attempt": 1}
        {"seq": 3, "at": "2026-11-26T10:00:02Z", "kind": "pi", "record": {"type": "agent_start"}}
        {"seq": 4, "at": "2026-11-26T10:00:04Z", "kind": "pi", "record": {"type": "agent_settled"}}
        """;
    Files.writeString(knight.recording("1-review-ab"), journal);
    Files.writeString(knight.recording("11"), journal);

    List<Story.Part> parts = Story.ofPi(knight, 1);

    assertThat(parts)
        .extracting(Story.Part::name, Story.Part::millis)
        .containsExactly(tuple("starts of pi", 1000.0), tuple("turns of pi", 3000.0));
  }
}

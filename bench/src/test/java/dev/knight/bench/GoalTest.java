package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalTest {
  private static final Readings READINGS =
      new Readings(
          List.of(
              new Reading("start", "knight", 1, Map.of("ready ms", 900.0)),
              new Reading("start", "Celery", 1, Map.of("ready ms", 2000.0)),
              new Reading("start", "knight", 2, Map.of("ready ms", 1000.0)),
              new Reading("start", "Celery", 2, Map.of("ready ms", 2000.0)),
              new Reading("start", "knight", 3, Map.of("ready ms", 9000.0)),
              new Reading("idle", "knight", 1, Map.of("CPU", 0.1))));

  @TempDir private Path directory;

  @Test
  void the_medians_of_one_run_are_compared() throws IOException {
    assertThat(judged("\"against\": \"Celery\", \"most\": 0.5"))
        .isInstanceOf(Goal.Met.class)
        .extracting(Goal.Result::words)
        .isEqualTo("holds: start, ready ms of knight / Celery at most 0.50, is 0.50");
    assertThat(judged("\"against\": \"Celery\", \"most\": 0.45")).isInstanceOf(Goal.Missed.class);
    assertThat(judged("\"against\": \"Celery\", \"least\": 2")).isInstanceOf(Goal.Missed.class);
  }

  @Test
  void a_peer_that_was_not_there_is_no_miss() throws IOException {
    assertThat(judged("\"against\": \"Redis\", \"most\": 0.45")).isInstanceOf(Goal.NotShown.class);
  }

  @Test
  void the_goals_of_the_project_can_be_read() throws IOException {
    assertThat(Goal.load(Path.of("goals.json"))).isNotEmpty();
  }

  private Goal.Result judged(String bound) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("goals.json"),
            "[{\"bench\": \"start\", \"figure\": \"ready ms\", \"who\": \"knight\", %s}]"
                .formatted(bound));
    return Goal.load(file).getFirst().judge(READINGS);
  }
}

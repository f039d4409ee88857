package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.packaged.Program.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChaosIT {
  private static final int KILLS = 12;

  @TempDir private Path home;

  @Test
  void nothing_is_lost_doubled_or_silent_while_everything_is_killed() throws Exception {
    Program knight = new Program(home, Map.of("KNIGHT_AGENT_COMMAND", pi()));

    Ended chaos =
        knight.run(
            Duration.ofMinutes(12),
            "chaos",
            "--json",
            "--jobs=3",
            "--seed=3",
            "--kills=" + KILLS,
            "--minutes=3");

    JsonNode counts = new ObjectMapper().readTree(chaos.out());
    assertThat(counts.path("complaints")).as(chaos.err()).isEmpty();
    for (String bad :
        List.of(
            "lost",
            "doubledPullRequests",
            "doubledComments",
            "doubledBranches",
            "silent",
            "processesLeft")) {
      assertThat(counts.path(bad).isInt()).as(bad).isTrue();
      assertThat(counts.path(bad).asInt()).as(bad).isZero();
    }
    assertThat(chaos.exitCode()).as(chaos.err()).isZero();
    assertThat(counts.at("/kills/service").asInt()).as(chaos.err()).isPositive();
    assertThat(counts.path("modelCallsRepeated").asInt())
        .as("model calls repeated")
        .isLessThanOrEqualTo(counts.path("killed").asInt());
  }

  private static String pi() {
    String named = System.getProperty("test.pi", System.getenv("KNIGHT_TEST_PI"));
    assertThat(named).as("run the tests by scripts/test, which installs pi").isNotBlank();
    return named;
  }
}

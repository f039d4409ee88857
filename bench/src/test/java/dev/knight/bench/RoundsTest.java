package dev.knight.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundsTest {
  private static final Contestant KNIGHT = new Contestant("knight", () -> Map.of("ms", 1.0));
  private static final Contestant BROKEN =
      new Contestant(
          "Redis",
          () -> {
            throw new IllegalStateException("no port is free");
          });

  private final List<Reading> kept = new ArrayList<>();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Rounds rounds =
      new Rounds(
          2,
          new Limit(Duration.ofMinutes(5)),
          kept::add,
          new PrintStream(told, true, StandardCharsets.UTF_8));

  @Test
  void all_take_turns_after_a_warm_up() throws Exception {
    rounds.play(new Contest("store", List.of(KNIGHT, new Contestant("peer", Map::of))));

    assertThat(said().lines())
        .containsExactly(
            "store, knight, warm-up",
            "store, peer, warm-up",
            "store, knight, round 1",
            "store, peer, round 1",
            "store, knight, round 2",
            "store, peer, round 2");
    assertThat(kept).extracting(Reading::round).containsExactly(1, 1, 2, 2);
    assertThat(rounds.hasFailed()).isFalse();
  }

  @Test
  void whoever_fails_is_told_of_and_the_others_go_on() throws Exception {
    rounds.play(new Contest("store", List.of(BROKEN, KNIGHT)));

    assertThat(said())
        .containsOnlyOnce("knight: store, Redis is left out:")
        .contains("no port is free");
    assertThat(kept).extracting(Reading::who).containsExactly("knight", "knight");
    assertThat(rounds.hasFailed()).isTrue();
  }

  @Test
  void a_contest_whose_world_does_not_start_keeps_no_other_from_being_played() throws Exception {
    rounds.play(
        new Contest("idle", List.of(KNIGHT))
            .beside(() -> {
              throw new IllegalStateException("it does not serve");
            }));
    rounds.play(new Contest("store", List.of(KNIGHT)));

    assertThat(said()).contains("knight: idle is left out:", "it does not serve");
    assertThat(kept).extracting(Reading::bench).containsOnly("store");
    assertThat(rounds.hasFailed()).isTrue();
  }

  private String said() {
    return told.toString(StandardCharsets.UTF_8);
  }
}

package dev.knight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanTest {
  @Test
  void the_same_seed_gives_the_same_strikes() {
    assertThat(strikes(7)).isEqualTo(strikes(7)).isNotEqualTo(strikes(8));
  }

  @Test
  void the_service_dies_in_every_step_and_around_every_write() {
    List<Strike> service =
        strikes(1).stream().filter(strike -> strike.victim() == Victim.SERVICE).toList();

    assertThat(Plan.STEPS)
        .allMatch(step ->
            step.equals(Plan.START)
                || service.stream().anyMatch(strike -> strike.moment().step().equals(step)));
    assertThat(service)
        .extracting(strike -> strike.moment().toString())
        .contains(
            "POST …/reactions, before",
            "POST …/reactions, after",
            "POST …/comments, before",
            "POST …/comments, after",
            "POST …/git-receive-pack, before",
            "POST …/git-receive-pack, after",
            "POST …/pulls, before",
            "POST …/pulls, after",
            "PATCH …/[0-9]+, before",
            "PATCH …/[0-9]+, after");
  }

  @Test
  void bridges_and_pis_and_tools_die_too() {
    assertThat(strikes(1)).extracting(Strike::victim).contains(Victim.values());
  }

  @Test
  void one_start_in_four_is_cut_off() {
    Plan plan = new Plan(1);

    List<Strike> cut =
        Stream.generate(plan::whileStarting).limit(400).flatMap(Optional::stream).toList();

    assertThat(cut).hasSizeBetween(70, 130);
    assertThat(cut).allMatch(strike -> strike.victim() == Victim.SERVICE);
    assertThat(cut).allMatch(strike -> strike.moment().step().equals(Plan.START));
  }

  private static List<Strike> strikes(long seed) {
    Plan plan = new Plan(seed);
    return Stream.generate(plan::next).limit(100).toList();
  }
}

package dev.knight.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.simulation.World.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays knight in thousands of worlds. A world that fails tells its story and the line that plays
 * it again; once it is mended, its seed joins the list below.
 *
 * <p>{@code -Dsimulation.seed=N} plays one world, {@code -Dsimulation.worlds=N} as many.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationTest {
  private static final long BASE = 20_261_122;
  private static final String USUAL = "600";

  /** So many worlds are searched for places to be killed at. */
  private static final int SEARCHED = 30;

  private static final int SEEDS_FOR_A_PLACE = 2;

  /** By then a simulation that can see has seen what is broken on purpose. */
  private static final int SOON = 400;

  /** The log of thousands of lives says nothing that a trace does not. */
  private static final Logger LOG = Logger.getLogger("dev.knight");

  private static final AtomicInteger HOMES = new AtomicInteger();

  @TempDir private static Path disk;

  @BeforeAll
  static void hush() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @Test
  void a_quiet_world_comes_to_rest() {
    Counts counts = play(LongStream.rangeClosed(1, 10), Plan.NOTHING);

    assertThat(counts.jobs()).isGreaterThan(10);
    assertThat(counts.crashes() + counts.lost()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 35, 86, 88, 194, 20261532})
  void a_world_that_once_failed_is_mended(long seed) {
    assertThat(play(LongStream.of(seed), Plan.ANYTHING).jobs()).isPositive();
  }

  @Test
  void whatever_goes_wrong_nothing_is_lost_doubled_or_left_open() {
    String one = System.getProperty("simulation.seed", "");
    long worlds = Long.parseLong(System.getProperty("simulation.worlds", USUAL));
    LongStream seeds =
        one.isEmpty() ? LongStream.range(BASE, BASE + worlds) : LongStream.of(Long.parseLong(one));

    Counts counts = play(seeds, Plan.ANYTHING);

    assertThat(counts.jobs()).isPositive();
    System.out.println("simulation: " + counts);
  }

  @Test
  void killed_once_at_each_place_knight_goes_on() {
    Map<String, List<Visit>> places =
        LongStream.rangeClosed(1, SEARCHED)
            .parallel()
            .mapToObj(SimulationTest::search)
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Visit::place));

    assertThat(places).hasSizeGreaterThan(60);
    List<Counts> killed =
        places.values().parallelStream()
            .flatMap(visits -> visits.stream().limit(SEEDS_FOR_A_PLACE))
            .map(visit -> play(visit.seed(), Plan.crash(visit.place(), visit.times())))
            .toList();
    assertThat(killed).allSatisfy(counts -> assertThat(counts.crashes()).isEqualTo(1));
  }

  /** A world in which a place is come to, and at which time it is to be there. */
  private record Visit(long seed, String place, int times) {}

  private static List<Visit> search(long seed) {
    try (World world = new World(seed, Plan.LAG, home(seed))) {
      world.play();
      List<Visit> visits = new ArrayList<>();
      world
          .places()
          .forEach((place, times) -> visits.add(new Visit(seed, place, 1 + (int) (seed % times))));
      return visits;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_protocol_that_is_broken_on_purpose_is_seen_to_be(Sabotage sabotage) {
    Optional<AssertionError> seen =
        LongStream.range(BASE, BASE + SOON)
            .parallel()
            .mapToObj(seed -> failure(seed, Plan.broken(sabotage)))
            .flatMap(Optional::stream)
            .findAny();

    assertThat(seen).hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("I"));
  }

  private static Optional<AssertionError> failure(long seed, Plan plan) {
    try {
      play(seed, plan);
      return Optional.empty();
    } catch (AssertionError failure) {
      return Optional.of(failure);
    }
  }

  /** Several at a time, each on one thread; one that fails is not hidden by another. */
  private static Counts play(LongStream seeds, Plan plan) {
    List<AssertionError> failures = Collections.synchronizedList(new ArrayList<>());
    Counts counts =
        seeds
            .parallel()
            .mapToObj(seed -> played(seed, plan, failures))
            .reduce(Counts.NOTHING, Counts::plus);
    if (!failures.isEmpty()) {
      throw new AssertionError(
          "%d worlds failed. One of them:\n%s"
              .formatted(failures.size(), failures.getFirst().getMessage()));
    }
    return counts;
  }

  private static Counts played(long seed, Plan plan, List<AssertionError> failures) {
    try {
      return play(seed, plan);
    } catch (AssertionError failure) {
      failures.add(failure);
      return Counts.NOTHING;
    }
  }

  private static Counts play(long seed, Plan plan) {
    try (World world = new World(seed, plan, home(seed))) {
      world.play();
      return world.counts();
    }
  }

  /** Nobody else's: the same world is played in several ways at a time. */
  private static Path home(long seed) {
    Path memory = Path.of("/dev/shm");
    Path root = Files.isWritable(memory) ? memory : disk;
    return root.resolve(
        "knight-simulation-%d-%d-%d"
            .formatted(ProcessHandle.current().pid(), seed, HOMES.incrementAndGet()));
  }
}

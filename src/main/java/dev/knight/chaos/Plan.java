package dev.knight.chaos;

import dev.knight.chaos.Moment.Chance;
import dev.knight.chaos.Moment.Entered;
import dev.knight.chaos.Moment.Request;
import dev.knight.chaos.Moment.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Which strikes there are, drawn from a seed: the service dies at each named moment in turn, and in
 * between bridges, pis and their tools die.
 */
final class Plan {
  /** No step of a job: the service does not serve yet. */
  static final String START = "start";

  private static final String ACCEPT = "accept";
  private static final String PREPARE = "prepare";
  private static final String IMPLEMENT = "implement";
  private static final String REVIEW = "review";
  private static final String VERIFY = "verify";
  private static final String PUBLISH = "publish";
  private static final String REPORT = "report";

  /** In their order. */
  static final List<String> STEPS =
      List.of(START, ACCEPT, PREPARE, IMPLEMENT, REVIEW, VERIFY, PUBLISH, REPORT);

  private static final String ISSUES = "/repos/[^/]+/[^/]+/issues";

  /** Of so many strikes one is at a bridge, a pi or a tool. */
  private static final int ONE_IN = 3;

  /** Of so many starts one is cut off. */
  private static final int ONE_START_IN = 4;

  /** It rarely takes longer. */
  private static final Duration LONGEST_START = Duration.ofSeconds(8);

  private static final List<Victim> OTHERS = List.of(Victim.PI, Victim.BRIDGE, Victim.TOOL);

  /** In the script of the rehearsal these messages run the project's checks. */
  private static final List<Integer> WITH_TOOL = List.of(2, 5);

  private final Random chance;
  private final List<Moment> moments = new ArrayList<>();
  private int number;

  Plan(long seed) {
    this.chance = new Random(seed);
  }

  /** One strike more. */
  Strike next() {
    number++;
    if (number % ONE_IN == 0) {
      return other();
    }
    if (moments.isEmpty()) {
      moments.addAll(atTheService());
      Collections.shuffle(moments, chance);
    }
    return new Strike(number, Victim.SERVICE, moments.removeLast());
  }

  /** One that the service meets on its way back, now and then. */
  Optional<Strike> whileStarting() {
    if (chance.nextInt(ONE_START_IN) > 0) {
      return Optional.empty();
    }
    number++;
    Duration delay = Duration.ofMillis(chance.nextLong(LONGEST_START.toMillis()));
    return Optional.of(new Strike(number, Victim.SERVICE, new Moment.Starting(delay)));
  }

  /** One for when no moment comes. */
  Strike byChance() {
    number++;
    return new Strike(number, Victim.SERVICE, new Chance(soon()));
  }

  private Strike other() {
    Victim victim = OTHERS.get(number / ONE_IN % OTHERS.size());
    int turn =
        victim == Victim.TOOL ? WITH_TOOL.get(chance.nextInt(WITH_TOOL.size())) : chance.nextInt(7);
    boolean reviewing = victim != Victim.TOOL && chance.nextInt(4) == 0;
    return new Strike(
        number,
        victim,
        reviewing
            ? new Turn(REVIEW, true, chance.nextInt(2), soon())
            : new Turn(IMPLEMENT, false, turn, soon()));
  }

  /** Every step of a job, and every write to GitHub before and after it took effect. */
  private List<Moment> atTheService() {
    List<Moment> moments = new ArrayList<>();
    both(moments, ACCEPT, "GET", "/repos/[^/]+/[^/]+/collaborators/[^/]+/permission");
    both(moments, ACCEPT, "POST", ISSUES + "/[0-9]+/reactions");
    both(moments, ACCEPT, "POST", ISSUES + "/[0-9]+/comments");
    both(moments, PREPARE, "GET", "/[^/]+/[^/]+[.]git/info/refs");
    moments.add(new Entered(PREPARE, soon()));
    for (int turn = 0; turn < 7; turn++) {
      moments.add(new Turn(IMPLEMENT, false, turn, soon()));
    }
    moments.add(new Entered(IMPLEMENT, soon()));
    moments.add(new Turn(REVIEW, true, 0, soon()));
    moments.add(new Turn(REVIEW, true, 1, soon()));
    moments.add(new Entered(REVIEW, soon()));
    moments.add(new Entered(VERIFY, soon()));
    moments.add(new Entered(VERIFY, soon()));
    moments.add(new Entered(PUBLISH, Duration.ZERO));
    both(moments, PUBLISH, "POST", "/[^/]+/[^/]+[.]git/git-receive-pack");
    moments.add(new Request(PUBLISH, "GET", "/repos/[^/]+/[^/]+/pulls", false));
    both(moments, PUBLISH, "POST", "/repos/[^/]+/[^/]+/pulls");
    both(moments, REPORT, "PATCH", ISSUES + "/comments/[0-9]+");
    moments.add(new Chance(soon().multipliedBy(4)));
    moments.add(new Chance(soon().multipliedBy(4)));
    return moments;
  }

  private static void both(List<Moment> moments, String step, String method, String path) {
    moments.add(new Request(step, method, path, false));
    moments.add(new Request(step, method, path, true));
  }

  /** While it happens as often as just after. */
  private Duration soon() {
    return chance.nextBoolean() ? Duration.ZERO : Duration.ofMillis(chance.nextInt(600));
  }
}

package dev.knight.agent;

import dev.knight.pi.PiEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sees an agent that turns in a circle: the same call of a tool with the same arguments, {@value
 * #MOST} times, and no call in between that it had not made before. Running the tests again after
 * each change is no circle, since each change is a new call.
 */
final class Repetition {
  static final int MOST = 20;

  /** Nobody works on one prompt for so long; beyond that, calls count as new. */
  private static final int MOST_KNOWN = 20_000;

  private final Map<Long, Integer> calls = new HashMap<>();
  private Optional<String> stuck = Optional.empty();

  /** A new prompt begins: nothing was called for it yet. */
  void begin() {
    calls.clear();
    stuck = Optional.empty();
  }

  void note(PiEvent.ToolStart call) {
    long known = known(call);
    if (!calls.containsKey(known) && calls.size() < MOST_KNOWN) {
      calls.replaceAll((_, _) -> 0);
    }
    int times = calls.merge(known, 1, Integer::sum);
    if (times >= MOST && stuck.isEmpty()) {
      stuck = Optional.of(Activity.call(call));
    }
  }

  /** The call that is made over and over. */
  Optional<String> stuck() {
    return stuck;
  }

  /** By two numbers of its text, since the arguments of a call may fill a page. */
  private static long known(PiEvent.ToolStart call) {
    String arguments = call.arguments().toString();
    return ((long) (call.tool() + arguments).hashCode() << 32) ^ arguments.length();
  }
}

package dev.knight.agent;

import dev.knight.pi.PiCommand;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Brings a pi to rest that should work no more. Each rung is tried only if the one before did not
 * help:
 *
 * <ol>
 *   <li>{@code get_state}: does pi hear at all? If not, it need not be asked politely
 *   <li>{@code clear_queue} and {@code abort}: the run ends, pi and its session stay
 *   <li>the end of its input, while its output is read on: pi ends in order
 *   <li>SIGTERM
 *   <li>SIGKILL for pi, all below it, and all that bears its mark
 * </ol>
 *
 * The bridge has the last three, and the house has the bridge itself if that does not answer.
 */
final class Ladder {
  /** An idle pi answers in a millisecond, a busy one in a tenth of a second. */
  private static final Duration HEAR = Duration.ofSeconds(5);

  private static final Duration QUICK = Duration.ofSeconds(10);

  /** The bridge takes 5 s for each of its rungs, and 2 s for its readers. */
  private static final Duration END = Duration.ofSeconds(20);

  private final String name;
  private final Link link;
  private final BridgeHouse house;
  private final InstantSource clock;

  Ladder(String name, Link link, BridgeHouse house, InstantSource clock) {
    this.name = name;
    this.link = link;
    this.house = house;
    this.clock = clock;
  }

  /** Climbs as far as needed; then nothing works on the conversation's prompt any more. */
  void climb() {
    // pi ignores an abort that comes before it has taken the prompt
    link.await(clock.instant().plus(QUICK), Ladder::isTaken);
    boolean rests = rests() || (hears() && stops());
    if (!rests && !link.isLost()) {
      end();
    }
  }

  /** Climbs at once to where pi ends, in whatever state it is. */
  void end() {
    if (link.stop(QUICK)) {
      house.awaitEnd(name, END);
    }
    house.clear(name);
  }

  private boolean rests() {
    return link.look(conversation -> !conversation.isRunning() && conversation.current().isEmpty());
  }

  private boolean hears() {
    return link.send(new PiCommand.GetState(), HEAR).isPresent();
  }

  private boolean stops() {
    link.send(new PiCommand.ClearQueue(), HEAR);
    return link.send(new PiCommand.Abort(), QUICK).isPresent()
        && link.await(
            clock.instant().plus(QUICK), conversation -> conversation.current().isEmpty());
  }

  private static boolean isTaken(Conversation conversation) {
    return conversation
        .current()
        .flatMap(conversation::asked)
        .filter(asked -> asked instanceof Conversation.Asked.Open open && !open.taken())
        .isEmpty();
  }
}

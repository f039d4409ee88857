package dev.knight.agent;

import dev.knight.bridge.Fact;
import dev.knight.job.Price;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A conversation with pi, over its bridge. */
final class PiSession implements Session {
  private static final Duration QUICK = Duration.ofSeconds(10);

  private static final String AGAIN =
      """
      (The process that worked on this was cut off before it was done. A tool call without a \
      result was interrupted: it may have done its work, a part of it, or nothing. Look at what is \
      there already, then go on.)

      """;

  private final SessionRequest request;
  private final Beginning beginning;
  private final Link link;
  private final Watchers watchers;
  private final Ladder ladder;
  private final InstantSource clock;
  private final Instant opened;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile boolean aborting;
  private volatile Optional<Price> price = Optional.empty();

  PiSession(
      SessionRequest request,
      Beginning beginning,
      Link link,
      Watchers watchers,
      BridgeHouse house,
      InstantSource clock) {
    this.request = request;
    this.beginning = beginning;
    this.link = link;
    this.watchers = watchers;
    this.ladder = new Ladder(request.name(), link, house, clock);
    this.clock = clock;
    this.opened = clock.instant();
  }

  @Override
  public Turn prompt(String key, String text) {
    asking.lock();
    try {
      aborting = false;
      Optional<Conversation.Asked> before = link.look(conversation -> conversation.asked(key));
      return switch (before.orElse(null)) {
        case Conversation.Asked.Ended(int _, Turn.Finished turn) -> settled(turn);
        case Conversation.Asked.Ended(int _, Turn.Truncated turn) -> settled(turn);
        case Conversation.Asked.Open _ -> await(key);
        case Conversation.Asked.CutOff(int attempt) -> ask(key, attempt + 1, AGAIN + text);
        case Conversation.Asked.Ended(int attempt, Turn.Aborted _) ->
            ask(key, attempt + 1, AGAIN + text);
        case Conversation.Asked.Ended(int attempt, Turn _) -> ask(key, attempt + 1, text);
        case Conversation.Asked.Broken(int attempt, String _) -> ask(key, attempt + 1, text);
        case null -> ask(key, 1, text);
      };
    } finally {
      asking.unlock();
    }
  }

  /**
   * Who comes back and is answered from the journal looks at the files next: they stand still only
   * once pi has ended what it was asked after that, by whoever is gone.
   */
  private Turn settled(Turn recorded) {
    link.look(Conversation::current).ifPresent(this::await);
    return recorded;
  }

  private Turn ask(String key, int attempt, String text) {
    Instant end = clock.instant().plus(request.time());
    Optional<Boolean> taken = Optional.of(false);
    while (taken.equals(Optional.of(false)) && clock.instant().isBefore(end)) {
      awaitIdle();
      taken = link.prompt(key, attempt, text, QUICK);
    }
    boolean noted =
        link.await(
            clock.instant().plus(QUICK),
            conversation -> conversation.attempts(key) >= attempt || link.isLost());
    if (!noted) {
      ladder.end();
    }
    if (link.look(conversation -> conversation.attempts(key) < attempt)) {
      throw gone();
    }
    return await(key);
  }

  /** Somebody may have steered a run that was just over, and so begun another. */
  private void awaitIdle() {
    Instant end = clock.instant().plus(request.time());
    if (!link.await(end, conversation -> !conversation.isRunning() || link.isLost())) {
      ladder.climb();
    }
  }

  /** Waits until the prompt {@code key} has ended, or a limit is reached. */
  private Turn await(String key) {
    Silence silence = new Silence(request.stall(), this::toolTime, clock.instant());
    while (true) {
      Conversation.Asked asked =
          link.look(conversation -> conversation.asked(key)).orElseThrow(this::gone);
      switch (asked) {
        case Conversation.Asked.Ended(int _, Turn turn) -> {
          return turn;
        }
        case Conversation.Asked.CutOff _ -> {
          return cutOff();
        }
        case Conversation.Asked.Broken(int _, String reason) ->
            throw new IllegalStateException(reason);
        case Conversation.Asked.Open _ when link.isLost() ->
            throw new UnavailableException("The session was closed", Optional.empty());
        case Conversation.Asked.Open(int _, Instant at, boolean _) -> {
          Optional<Turn> stopped = awaitChange(key, deadline(at), silence);
          if (stopped.isPresent()) {
            return stopped.get();
          }
        }
      }
    }
  }

  /**
   * A prompt that an earlier service asked has what is left of the job's time from when this one
   * found it. What is said to pi meanwhile renews nothing.
   */
  private Instant deadline(Instant asked) {
    return (asked.isAfter(opened) ? asked : opened).plus(request.time());
  }

  /** Waits until {@code key} is no longer open; beyond a limit it is stopped. */
  private Optional<Turn> awaitChange(String key, Instant deadline, Silence silence) {
    Instant look = clock.instant().plus(silence.slice());
    boolean changed =
        link.await(
            deadline.isBefore(look) ? deadline : look,
            conversation ->
                link.isLost() || !isOpen(conversation, key) || conversation.stuck().isPresent());
    Optional<String> stuck = link.look(Conversation::stuck);
    if (stuck.isPresent()) {
      ladder.climb();
      return Optional.of(new Turn.Stuck(stuck.get()));
    }
    if (changed) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (!now.isBefore(deadline)) {
      ladder.climb();
      return Optional.of(
          link.look(conversation -> conversation.asked(key)).orElse(null)
                  instanceof Conversation.Asked.Ended(int _, Turn turn)
              ? turn
              : new Turn.Aborted());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new UnavailableException("Waiting for pi was interrupted", Optional.empty());
    }
    if (silence.isTooLong(link.heard(), now)) {
      ladder.climb();
      throw new HungException(
          "pi gave no sign of life for %d s and was stopped"
              .formatted(request.stall().toSeconds()));
    }
    return Optional.empty();
  }

  private Optional<Duration> toolTime() {
    return link.look(Conversation::pi).flatMap(ToolTime::under);
  }

  private static boolean isOpen(Conversation conversation, String key) {
    return conversation.asked(key).orElse(null) instanceof Conversation.Asked.Open;
  }

  private Turn cutOff() {
    if (aborting) {
      return new Turn.Aborted();
    }
    throw gone();
  }

  private UnavailableException gone() {
    Optional<Fact.Exited> exit = link.look(Conversation::exit);
    String how =
        exit.map(end -> "pi ended with exit code " + end.code() + lastWords(end.stderr()))
            .orElse("pi and its bridge ended");
    return new UnavailableException(how + " before it was done", Optional.empty());
  }

  private static String lastWords(String stderr) {
    String words = OneLine.of(stderr.lines().reduce("", (_, line) -> line), 200);
    return words.isEmpty() ? "" : " (" + words + ")";
  }

  @Override
  public void abort() {
    aborting = true;
    ladder.climb();
  }

  /** Whether its pi has ended, so that nothing more can be asked. */
  boolean isOver() {
    return link.isLost() || link.look(Conversation::exit).isPresent();
  }

  @Override
  public void watch(Consumer<String> listener) {
    watchers.add(listener);
  }

  @Override
  public boolean steer(String key, String text) {
    return link.steer(key, text, QUICK);
  }

  @Override
  public Told told(String key) {
    return link.look(conversation -> conversation.told(key));
  }

  @Override
  public boolean wasAsked(String key) {
    return link.look(conversation -> conversation.asked(key).isPresent());
  }

  @Override
  public Optional<String> latest() {
    return link.look(Conversation::latest);
  }

  @Override
  public boolean isUnanswered(String key) {
    return link.look(conversation -> conversation.asked(key))
        .filter(PiSession::isUnanswered)
        .isPresent();
  }

  private static boolean isUnanswered(Conversation.Asked asked) {
    return switch (asked) {
      case Conversation.Asked.Open _ -> false;
      case Conversation.Asked.Ended(int _, Turn turn) ->
          !(turn instanceof Turn.Finished || turn instanceof Turn.Truncated);
      case Conversation.Asked.CutOff _, Conversation.Asked.Broken _ -> true;
    };
  }

  @Override
  public Beginning beginning() {
    return beginning;
  }

  /** pi has said that its model costs {@code told}, before it was asked anything. */
  void costs(Optional<Price> told) {
    price = told;
  }

  @Override
  public Optional<Price> price() {
    return price;
  }

  @Override
  public Spent spent() {
    return link.look(Conversation::spent);
  }

  @Override
  public Spent upkeep() {
    return link.look(Conversation::upkeep);
  }

  @Override
  public void end() {
    aborting = true;
    ladder.end();
    close();
  }

  @Override
  public void close() {
    link.close();
    watchers.close();
  }
}

package dev.knight.agent;

import dev.knight.bridge.Fact;
import dev.knight.job.Spent;
import dev.knight.job.UnavailableException;
import dev.knight.pi.PiCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A conversation with pi, over its bridge. */
final class PiSession implements Session {
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Duration ABORT = Duration.ofSeconds(15);

  /** The bridge takes 5 s for each of three stages, and 2 s for its readers. */
  private static final Duration END = Duration.ofSeconds(20);

  private static final String AGAIN =
      """
      (The process that worked on this was cut off before it was done. Look at what is there \
      already, then go on.)

      """;

  private final SessionRequest request;
  private final Link link;
  private final Watchers watchers;
  private final BridgeHouse house;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile boolean aborting;

  PiSession(
      SessionRequest request,
      Link link,
      Watchers watchers,
      BridgeHouse house,
      InstantSource clock) {
    this.request = request;
    this.link = link;
    this.watchers = watchers;
    this.house = house;
    this.clock = clock;
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
      kill();
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
      interrupt();
    }
  }

  /** Waits until the prompt {@code key} has ended, or a limit is reached. */
  private Turn await(String key) {
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
          Optional<Turn> stopped = awaitChange(key, at.plus(request.time()));
          if (stopped.isPresent()) {
            return stopped.get();
          }
        }
      }
    }
  }

  /** Waits until {@code key} is no longer open; beyond a limit it is stopped. */
  private Optional<Turn> awaitChange(String key, Instant deadline) {
    Instant silent = link.heard().plus(request.stall());
    boolean toolActive = link.look(Conversation::isToolActive);
    Instant end = toolActive || deadline.isBefore(silent) ? deadline : silent;
    boolean changed =
        link.await(
            end,
            conversation ->
                link.isLost()
                    || !isOpen(conversation, key)
                    || conversation.isToolActive() != toolActive);
    Instant now = clock.instant();
    if (changed) {
      return Optional.empty();
    }
    if (!now.isBefore(deadline)) {
      interrupt();
      return Optional.of(
          link.look(conversation -> conversation.asked(key)).orElse(null)
                  instanceof Conversation.Asked.Ended(int _, Turn turn)
              ? turn
              : new Turn.Aborted());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new UnavailableException("Waiting for pi was interrupted", Optional.empty());
    }
    if (toolActive || now.isBefore(link.heard().plus(request.stall()))) {
      return Optional.empty();
    }
    interrupt();
    throw new UnavailableException(
        "pi said nothing for " + request.stall().toSeconds() + " s and was stopped",
        Optional.empty());
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
    interrupt();
  }

  /** Stops what runs, gently first. */
  private void interrupt() {
    // pi ignores an abort that comes before it has taken the prompt
    link.await(clock.instant().plus(QUICK), PiSession::isTaken);
    if (link.look(conversation -> !conversation.isRunning() && conversation.current().isEmpty())) {
      return;
    }
    link.send(new PiCommand.ClearQueue(), QUICK);
    boolean answered = link.send(new PiCommand.Abort(), ABORT).isPresent();
    boolean settled =
        answered
            && link.await(
                clock.instant().plus(QUICK), conversation -> conversation.current().isEmpty());
    if (!settled && !link.isLost()) {
      kill();
    }
  }

  private static boolean isTaken(Conversation conversation) {
    return conversation
        .current()
        .flatMap(conversation::asked)
        .filter(asked ->
            asked instanceof Conversation.Asked.Open(int _, Instant _, boolean taken) && !taken)
        .isEmpty();
  }

  private void kill() {
    if (link.stop(QUICK)) {
      house.awaitEnd(request.name(), END);
    }
    house.clear(request.name());
  }

  @Override
  public void watch(Consumer<String> listener) {
    watchers.add(listener);
  }

  @Override
  public boolean steer(String text) {
    return link.steer(text, QUICK);
  }

  @Override
  public Spent spent() {
    return link.look(Conversation::spent);
  }

  @Override
  public void end() {
    kill();
    close();
  }

  @Override
  public void close() {
    link.close();
    watchers.close();
  }
}

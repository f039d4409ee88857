package dev.knight.agent;

import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.job.Spent;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import dev.knight.pi.PiUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal says of a conversation, entry by entry. The same entries give the same answers,
 * whoever reads them and when.
 *
 * <p>Not safe for use by several threads.
 */
final class Conversation {
  private final String secret;
  private final Map<String, Asked> prompts = new HashMap<>();
  private final Map<String, Steer> steers = new HashMap<>();
  private final Repetition repetition = new Repetition();
  private Optional<Long> pi = Optional.empty();
  private Optional<String> current = Optional.empty();
  private Optional<String> latest = Optional.empty();
  private Optional<PiMessage.Assistant> last = Optional.empty();
  private Optional<Fact.Exited> exit = Optional.empty();
  private Spent spent = Spent.NOTHING;
  private Spent upkeep = Spent.NOTHING;
  private boolean running;
  private long seq;

  /**
   * @param secret what no failure may repeat
   */
  Conversation(String secret) {
    this.secret = secret;
  }

  /** How far one prompt has come. */
  sealed interface Asked {
    /** How often its key was asked. */
    int attempt();

    /** pi works on it, since {@code at}; {@code taken} once pi has said so. */
    record Open(int attempt, Instant at, boolean taken) implements Asked {}

    /** It ended as a turn does. */
    record Ended(int attempt, Turn turn) implements Asked {}

    /** pi ended first. */
    record CutOff(int attempt) implements Asked {}

    /** pi did what it never does. */
    record Broken(int attempt, String reason) implements Asked {}
  }

  /** What pi was told while it worked, and how far that has come. */
  private record Steer(String text, Session.Told told) {
    Steer heard(String message) {
      return text.equals(message) ? new Steer(text, Session.Told.HEARD) : this;
    }

    /** What pi has not heard by now it never hears. */
    Steer over() {
      return told == Session.Told.WAITS ? new Steer(text, Session.Told.NOT) : this;
    }
  }

  /** Takes note of {@code entry}; one that was noted already changes nothing. */
  void note(JournalEntry entry) {
    if (entry.seq() <= seq) {
      return;
    }
    seq = entry.seq();
    switch (entry.fact()) {
      case Fact.Started(long pid) -> begin(pid);
      case Fact.Prompted(String key, int attempt) -> prompted(key, attempt, entry.at());
      case Fact.Answered(String key, int attempt, PiResponse response) ->
          answered(key, attempt, response);
      case Fact.Said(PiRecord record) -> said(record);
      case Fact.Exited gone -> exited(gone);
      case Fact.Steered(String key, String text) ->
          steers.put(key, new Steer(text, Session.Told.WAITS));
      case Fact.Unknown _ -> {}
    }
  }

  private void begin(long pid) {
    cutOff();
    pi = Optional.of(pid);
    exit = Optional.empty();
  }

  private void exited(Fact.Exited gone) {
    cutOff();
    exit = Optional.of(gone);
  }

  /** pi is gone, whether it left a word or not. */
  void cutOff() {
    current.ifPresent(key -> end(key, new Asked.CutOff(attempts(key))));
    rest();
  }

  private void rest() {
    running = false;
    steers.replaceAll((_, steer) -> steer.over());
  }

  private void prompted(String key, int attempt, Instant at) {
    current = Optional.of(key);
    latest = current;
    last = Optional.empty();
    repetition.begin();
    prompts.put(key, new Asked.Open(attempt, at, false));
  }

  private void answered(String key, int attempt, PiResponse response) {
    if (!current.equals(Optional.of(key))
        || !(prompts.get(key) instanceof Asked.Open(int open, Instant at, boolean _))
        || open != attempt) {
      return;
    }
    if (!response.success()) {
      end(key, new Asked.Ended(attempt, ModelFailure.of(response.error().orElse(""), secret)));
    } else if (response.disposition().equals(Optional.of("started"))) {
      prompts.put(key, new Asked.Open(attempt, at, true));
    } else {
      String reason = "pi did not start a run but " + response.disposition().orElse("nothing");
      end(key, new Asked.Broken(attempt, reason));
    }
  }

  private void said(PiRecord record) {
    if (!(record instanceof PiEvent event)) {
      return;
    }
    switch (event) {
      case PiEvent.AgentStart _ -> running = true;
      case PiEvent.MessageEnd(PiMessage.Assistant message) -> {
        last = Optional.of(message);
        spent = spent.plus(cost(message.usage()));
      }
      case PiEvent.MessageEnd(PiMessage.Other(String role, String text)) when role.equals("user") ->
          steers.replaceAll((_, steer) -> steer.heard(text));
      case PiEvent.CompactionEnd compaction -> {
        spent = spent.plus(cost(compaction.usage()));
        upkeep = upkeep.plus(cost(compaction.usage()));
      }
      case PiEvent.ToolStart tool -> repetition.note(tool);
      case PiEvent.AgentSettled(boolean aborted) -> settled(aborted);
      default -> {} // everything else is for watching
    }
  }

  private void settled(boolean aborted) {
    rest();
    current.ifPresent(key -> end(key, outcome(attempts(key), aborted)));
  }

  private Asked outcome(int attempt, boolean aborted) {
    if (aborted) {
      return new Asked.Ended(attempt, new Turn.Aborted());
    }
    return last.map(message -> outcome(attempt, message))
        .orElseGet(() -> new Asked.Broken(attempt, "pi settled without a word of the model"));
  }

  private Asked outcome(int attempt, PiMessage.Assistant message) {
    return switch (message.stopReason()) {
      case STOP -> new Asked.Ended(attempt, new Turn.Finished(message.text()));
      case LENGTH -> new Asked.Ended(attempt, new Turn.Truncated(message.text()));
      case ABORTED -> new Asked.Ended(attempt, new Turn.Aborted());
      case ERROR ->
          new Asked.Ended(attempt, ModelFailure.of(message.error().orElse("no reason"), secret));
      case PENDING, TOOL_USE, DEFERRED, UNKNOWN ->
          new Asked.Broken(attempt, "pi settled though the model said " + message.stopReason());
    };
  }

  private void end(String key, Asked end) {
    prompts.put(key, end);
    current = Optional.empty();
  }

  private static Spent cost(PiUsage usage) {
    long input = usage.input() + usage.cacheRead() + usage.cacheWrite();
    return new Spent(input, usage.output(), usage.usd());
  }

  /** How far the prompt {@code key} has come; empty when it was never asked. */
  Optional<Asked> asked(String key) {
    return Optional.ofNullable(prompts.get(key));
  }

  /** How often {@code key} was asked. */
  int attempts(String key) {
    return asked(key).map(Asked::attempt).orElse(0);
  }

  /** The key that pi works on. */
  Optional<String> current() {
    return current;
  }

  /** The key that was asked last, answered or not. */
  Optional<String> latest() {
    return latest;
  }

  /** Whether a run is active, asked for by knight or by somebody who steered. */
  boolean isRunning() {
    return running;
  }

  /** The call that is made over and over for the prompt that is open. */
  Optional<String> stuck() {
    return current.flatMap(_ -> repetition.stuck());
  }

  /** How far what is called {@code key} has come. */
  Session.Told told(String key) {
    if (prompts.containsKey(key)) {
      return Session.Told.ASKED;
    }
    Steer steer = steers.get(key);
    return steer == null ? Session.Told.NOT : steer.told();
  }

  /** The process that pi is, or was last. */
  Optional<Long> pi() {
    return pi;
  }

  /** How pi ended, if it has since it was last started. */
  Optional<Fact.Exited> exit() {
    return exit;
  }

  /** What all of it has cost. */
  Spent spent() {
    return spent;
  }

  /** What of that went into summing up the conversation, which is no work. */
  Spent upkeep() {
    return upkeep;
  }

  /** The number of the last entry that was noted. */
  long seq() {
    return seq;
  }
}

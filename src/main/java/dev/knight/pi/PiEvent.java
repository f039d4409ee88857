package dev.knight.pi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What pi tells of its own accord. */
public sealed interface PiEvent extends PiRecord {

  /** A run begins, or begins again after a failed try. */
  record AgentStart() implements PiEvent {}

  /** A try of a run ended. Retries and queued messages may follow, whatever this one says. */
  record AgentEnd(boolean willRetry) implements PiEvent {}

  /** The run is over: the only event that says so. */
  record AgentSettled(boolean aborted) implements PiEvent {}

  /** The model is asked. */
  record TurnStart() implements PiEvent {}

  /** The model answered and its tools ran. */
  record TurnEnd() implements PiEvent {}

  /** A message of {@code role} begins. */
  record MessageStart(String role) implements PiEvent {}

  /**
   * The model's message grows.
   *
   * @param kind as {@code text_delta}, {@code thinking_delta} or {@code toolcall_start}
   * @param delta what came; empty for kinds that bring nothing
   */
  record MessageUpdate(String kind, String delta) implements PiEvent {}

  /** A message is complete and on pi's disk. */
  record MessageEnd(PiMessage message) implements PiEvent {}

  /** A tool starts; several run at once. */
  record ToolStart(String callId, String tool, JsonNode arguments) implements PiEvent {}

  /** A tool has said something; {@code text} is all it said so far. */
  record ToolUpdate(String callId, String tool, String text) implements PiEvent {}

  /** A tool is done. */
  record ToolEnd(
      String callId, String tool, boolean failed, String text, Optional<Duration> duration)
      implements PiEvent {}

  /** What waits to be told to the model. */
  record QueueUpdate(List<String> steering, List<String> followUp) implements PiEvent {}

  /** The model failed and is asked again after {@code delay}. */
  record RetryStart(int attempt, int attempts, Duration delay, String error) implements PiEvent {}

  /** Asking again worked, or pi gave up. */
  record RetryEnd(boolean success, int attempt, Optional<String> error) implements PiEvent {}

  /** The conversation is being summarised: {@code manual}, {@code threshold}, {@code overflow}. */
  record CompactionStart(String reason) implements PiEvent {}

  /** It was summarised, or not; {@code usage} is what that cost. */
  record CompactionEnd(
      String reason, boolean aborted, boolean willRetry, PiUsage usage, Optional<String> error)
      implements PiEvent {}

  /** How asking for a summary again goes: {@code scheduled}, {@code attempt_start}, … */
  record SummaryRetry(String stage, Optional<String> error) implements PiEvent {}

  /** Something was written to the session file. */
  record EntryAppended(String kind) implements PiEvent {}

  /** The session has another name. */
  record SessionRenamed(Optional<String> name) implements PiEvent {}

  /** The model thinks more or less from now on. */
  record ThinkingLevel(String level) implements PiEvent {}

  /** Output of a command that the client ran. */
  record BashOutput(Optional<String> id, String delta) implements PiEvent {}

  /** An extension failed. */
  record ExtensionError(String extension, String event, String error) implements PiEvent {}

  /**
   * An extension shows or asks something.
   *
   * @param method as {@code confirm} or {@code notify}
   */
  record Dialog(String id, String method, String title) implements PiEvent {
    /** Whether pi waits until it is answered. */
    public boolean wantsAnswer() {
      return switch (method) {
        case "notify", "setStatus", "setWidget", "setTitle", "set_editor_text" -> false;
        default -> true;
      };
    }
  }

  /** A type that nobody knew when this was written. */
  record Unknown(String type, JsonNode record) implements PiEvent {}

  /** No JSON object, or none that can be read. */
  record Garbled(String reason) implements PiEvent {}
}

package dev.knight.pi;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** One record that is no response, as a type. */
final class Events {
  private Events() {}

  static PiEvent decode(JsonNode r) {
    return switch (Fields.textOrEmpty(r, "type")) {
      case "agent_start" -> new PiEvent.AgentStart();
      case "agent_end" -> new PiEvent.AgentEnd(r.path("willRetry").asBoolean());
      case "agent_settled" -> new PiEvent.AgentSettled(r.path("aborted").asBoolean());
      case "turn_start" -> new PiEvent.TurnStart();
      case "turn_end" -> new PiEvent.TurnEnd();
      case "message_start" ->
          new PiEvent.MessageStart(Fields.textOrEmpty(r.path("message"), "role"));
      case "message_update" -> update(r.path("assistantMessageEvent"));
      case "message_end" -> new PiEvent.MessageEnd(message(r.path("message")));
      case "tool_execution_start" -> new PiEvent.ToolStart(callId(r), tool(r), r.path("args"));
      case "tool_execution_update" ->
          new PiEvent.ToolUpdate(
              callId(r), tool(r), Fields.content(r.path("partialResult").path("content")));
      case "tool_execution_end" ->
          new PiEvent.ToolEnd(
              callId(r),
              tool(r),
              r.path("isError").asBoolean(),
              Fields.content(r.path("result").path("content")),
              r.path("durationMs").isNumber()
                  ? Optional.of(millis(r.path("durationMs")))
                  : Optional.empty());
      case "queue_update" ->
          new PiEvent.QueueUpdate(Fields.texts(r, "steering"), Fields.texts(r, "followUp"));
      default -> rarer(r);
    };
  }

  private static PiEvent rarer(JsonNode r) {
    String type = Fields.textOrEmpty(r, "type");
    return switch (type) {
      case "auto_retry_start" ->
          new PiEvent.RetryStart(
              r.path("attempt").asInt(),
              r.path("maxAttempts").asInt(),
              millis(r.path("delayMs")),
              Fields.textOrEmpty(r, "errorMessage"));
      case "auto_retry_end" ->
          new PiEvent.RetryEnd(
              r.path("success").asBoolean(),
              r.path("attempt").asInt(),
              Fields.text(r, "finalError"));
      case "compaction_start" -> new PiEvent.CompactionStart(Fields.textOrEmpty(r, "reason"));
      case "compaction_end" ->
          new PiEvent.CompactionEnd(
              Fields.textOrEmpty(r, "reason"),
              r.path("aborted").asBoolean(),
              r.path("willRetry").asBoolean(),
              usage(r.path("result").path("usage")),
              Fields.text(r, "errorMessage"));
      case "summarization_retry_scheduled",
          "summarization_retry_attempt_start",
          "summarization_retry_finished" ->
          new PiEvent.SummaryRetry(
              type.substring("summarization_retry_".length()), Fields.text(r, "errorMessage"));
      case "entry_appended" ->
          new PiEvent.EntryAppended(Fields.textOrEmpty(r.path("entry"), "type"));
      case "session_info_changed" -> new PiEvent.SessionRenamed(Fields.text(r, "name"));
      case "thinking_level_changed" -> new PiEvent.ThinkingLevel(Fields.textOrEmpty(r, "level"));
      case "bash_execution_update" ->
          new PiEvent.BashOutput(Fields.text(r, "id"), Fields.textOrEmpty(r, "delta"));
      case "extension_error" ->
          new PiEvent.ExtensionError(
              Fields.textOrEmpty(r, "extensionPath"),
              Fields.textOrEmpty(r, "event"),
              Fields.textOrEmpty(r, "error"));
      case "extension_ui_request" ->
          new PiEvent.Dialog(
              Fields.textOrEmpty(r, "id"),
              Fields.textOrEmpty(r, "method"),
              Fields.textOrEmpty(r, "title"));
      default -> new PiEvent.Unknown(type, r);
    };
  }

  private static PiEvent update(JsonNode event) {
    return new PiEvent.MessageUpdate(
        Fields.textOrEmpty(event, "type"), Fields.textOrEmpty(event, "delta"));
  }

  private static PiMessage message(JsonNode message) {
    String role = Fields.textOrEmpty(message, "role");
    String text = Fields.content(message.path("content"));
    if (!role.equals("assistant")) {
      return new PiMessage.Other(role, text);
    }
    return new PiMessage.Assistant(
        text,
        Fields.blocks(message.path("content"), "thinking"),
        Fields.textOrEmpty(message, "provider"),
        Fields.textOrEmpty(message, "model"),
        StopReason.of(Fields.textOrEmpty(message, "stopReason")),
        Fields.text(message, "errorMessage"),
        usage(message.path("usage")));
  }

  private static PiUsage usage(JsonNode usage) {
    JsonNode total = usage.path("cost").path("total");
    return new PiUsage(
        usage.path("input").asLong(),
        usage.path("output").asLong(),
        usage.path("cacheRead").asLong(),
        usage.path("cacheWrite").asLong(),
        total.isNumber() ? total.decimalValue() : BigDecimal.ZERO);
  }

  private static String callId(JsonNode r) {
    return Fields.textOrEmpty(r, "toolCallId");
  }

  private static String tool(JsonNode r) {
    return Fields.textOrEmpty(r, "toolName");
  }

  private static Duration millis(JsonNode number) {
    return Duration.ofMillis(number.asLong());
  }
}

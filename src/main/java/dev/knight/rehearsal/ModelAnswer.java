package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the scripted model says in one turn.
 *
 * @param usage what it costs; counted from the text where it is empty
 * @param finishReason the provider's word, empty for the usual one
 * @param fault how it goes wrong, if it does
 * @param latency how long it thinks before the first byte
 * @param chunkDelay how long it waits between chunks
 */
public record ModelAnswer(
    String text,
    List<ToolCall> toolCalls,
    Optional<Usage> usage,
    String finishReason,
    Optional<ModelFault> fault,
    Duration latency,
    Duration chunkDelay) {

  /** A tool that the model wants to be called. */
  public record ToolCall(String name, JsonNode arguments) {}

  /** Tokens; {@code cached} is a part of {@code prompt}. */
  public record Usage(long prompt, long completion, long cached) {}

  /** Says something. */
  public static ModelAnswer text(String text) {
    return new ModelAnswer(
        text, List.of(), Optional.empty(), "", Optional.empty(), Duration.ZERO, Duration.ZERO);
  }

  /** Fails at once with an HTTP status. */
  public static ModelAnswer error(int status, String message) {
    return text("").failing(new ModelFault.Status(status, message, "", 0));
  }

  /**
   * The same, calling a tool besides.
   *
   * @param arguments a JSON object, written as text
   */
  public ModelAnswer calling(String tool, String arguments) {
    return calling(tool, Json.read(arguments));
  }

  ModelAnswer calling(String tool, JsonNode arguments) {
    List<ToolCall> calls = new ArrayList<>(toolCalls);
    calls.add(new ToolCall(tool, arguments));
    return new ModelAnswer(
        text, List.copyOf(calls), usage, finishReason, fault, latency, chunkDelay);
  }

  /** The same, running a command with the agent's {@code bash} tool. */
  public ModelAnswer bash(String command) {
    return calling("bash", Json.object().put("command", command));
  }

  /** The same, reading a file with the agent's {@code read} tool. */
  public ModelAnswer read(String path) {
    return calling("read", Json.object().put("path", path));
  }

  /** The same, writing a file with the agent's {@code write} tool. */
  public ModelAnswer write(String path, String content) {
    return calling("write", Json.object().put("path", path).put("content", content));
  }

  /** The same, replacing a text in a file with the agent's {@code edit} tool. */
  public ModelAnswer edit(String path, String oldText, String newText) {
    ObjectNode arguments = Json.object().put("path", path);
    arguments.putArray("edits").addObject().put("oldText", oldText).put("newText", newText);
    return calling("edit", arguments);
  }

  /** The same at a price; {@code cached} tokens are a part of {@code prompt}. */
  public ModelAnswer usage(long prompt, long completion, long cached) {
    Optional<Usage> price = Optional.of(new Usage(prompt, completion, cached));
    return new ModelAnswer(text, toolCalls, price, finishReason, fault, latency, chunkDelay);
  }

  /** The same with another reason to finish, such as {@code length}. */
  public ModelAnswer finishing(String reason) {
    return new ModelAnswer(text, toolCalls, usage, reason, fault, latency, chunkDelay);
  }

  /** The same, going wrong. */
  public ModelAnswer failing(ModelFault how) {
    return new ModelAnswer(
        text, toolCalls, usage, finishReason, Optional.of(how), latency, chunkDelay);
  }

  /** The same, slower. */
  public ModelAnswer slowly(Duration beforeFirst, Duration betweenChunks) {
    return new ModelAnswer(text, toolCalls, usage, finishReason, fault, beforeFirst, betweenChunks);
  }
}

package dev.knight.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that happens in a job, for those who look on. Secrets are taken out of it; to a
 * terminal it is still foreign text.
 *
 * @param session the conversation that it is of, as {@code 7} or {@code 7-review-1}; empty for the
 *     job itself
 * @param seq its number there, which grows; 0 for what is not kept
 * @param at when
 * @param name what it is about: the kind of an event, the name of a tool, the word for a state
 * @param text what is said of it
 * @param detail more of it, on lines of its own: the change that a tool is to make, the output of
 *     one that has ended, the thoughts behind what is said
 * @param call which call of a tool it is of; empty for everything else
 * @param failed whether it went wrong
 * @param millis how long it took; 0 where that is not known
 */
@Schema
public record LiveLine(
    Kind kind,
    String session,
    long seq,
    Instant at,
    String name,
    String text,
    String detail,
    String call,
    boolean failed,
    long millis) {

  /** What it is. */
  public enum Kind {
    /** A line of the job's story. */
    EVENT,
    /** The job stands elsewhere. */
    STATE,
    /** The agent is asked. */
    ASKED,
    /** More of what the agent is saying; may be missing. */
    DELTA,
    /** All that the agent has said, whether or not it was told in pieces before. */
    SAID,
    /** A tool starts. */
    CALL,
    /** It has ended. */
    RESULT,
    /** Something about the agent itself. */
    NOTE,
    /** The service is there. */
    BEAT,
    /** The job is over; nothing follows. */
    END
  }

  /** One that has no more than words. */
  public static LiveLine of(
      Kind kind, String session, long seq, Instant at, String name, String text) {
    return new LiveLine(kind, session, seq, at, name, text, "", "", false, 0);
  }

  /** As a program reads it. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("kind", kind.name().toLowerCase(Locale.ROOT));
    node.put("session", session).put("seq", seq).put("at", at.toString());
    node.put("name", name).put("text", text);
    if (!detail.isEmpty()) {
      node.put("detail", detail);
    }
    if (!call.isEmpty()) {
      node.put("call", call);
    }
    return node.put("failed", failed).put("millis", millis);
  }

  /** The one that {@code node} is; empty if this version does not know it. */
  public static Optional<LiveLine> of(JsonNode node) {
    String word = node.path("kind").asText().toUpperCase(Locale.ROOT);
    try {
      Instant at = Instant.parse(node.path("at").asText());
      return Arrays.stream(Kind.values())
          .filter(kind -> kind.name().equals(word))
          .findFirst()
          .map(kind ->
              new LiveLine(
                  kind,
                  node.path("session").asText(),
                  node.path("seq").asLong(),
                  at,
                  node.path("name").asText(),
                  node.path("text").asText(),
                  node.path("detail").asText(),
                  node.path("call").asText(),
                  node.path("failed").asBoolean(),
                  node.path("millis").asLong()));
    } catch (DateTimeException _) {
      return Optional.empty(); // another version's
    }
  }
}

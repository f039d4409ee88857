package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Journal entries to lines and back. */
final class EntryCodec {
  private final PiCodec pi = new PiCodec();

  /** The number of {@code line}; empty when it is torn. */
  Optional<Long> seq(byte[] line) {
    try {
      JsonNode seq = pi.scalars(line).path("seq");
      return seq.isIntegralNumber() ? Optional.of(seq.longValue()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // torn by a crash: the entry was never promised to anybody
    }
  }

  /** The entry on {@code line}; empty when it is torn. */
  Optional<JournalEntry> decode(byte[] line) {
    try {
      return decode(pi.tree(line));
    } catch (IOException _) {
      return Optional.empty(); // as above
    }
  }

  Optional<JournalEntry> decode(JsonNode node) {
    if (!node.path("seq").isIntegralNumber()) {
      return Optional.empty();
    }
    try {
      Instant at = Instant.parse(node.path("at").asText());
      return Optional.of(new JournalEntry(node.path("seq").longValue(), at, fact(node)));
    } catch (DateTimeException _) {
      return Optional.empty(); // as above
    }
  }

  private Fact fact(JsonNode node) {
    String kind = node.path("kind").asText();
    return switch (kind) {
      case "started" -> new Fact.Started(node.path("pid").longValue());
      case "prompt" -> new Fact.Prompted(key(node), attempt(node));
      case "answered" -> new Fact.Answered(key(node), attempt(node), response(node));
      case "steer" -> new Fact.Steered(key(node), node.path("text").asText());
      case "pi" -> new Fact.Said(pi.decode(node.path("record")));
      case "garbled" -> new Fact.Said(new PiEvent.Garbled(node.path("reason").asText()));
      case "exited" -> new Fact.Exited(node.path("code").asInt(), node.path("stderr").asText());
      default -> new Fact.Unknown(kind);
    };
  }

  private PiResponse response(JsonNode node) {
    PiRecord record = pi.decode(node.path("response"));
    return record instanceof PiResponse response
        ? response
        : new PiResponse(
            Optional.empty(), "prompt", false, Optional.of("unreadable"), pi.object().path(""));
  }

  private static String key(JsonNode node) {
    return node.path("key").asText();
  }

  private static int attempt(JsonNode node) {
    return node.path("attempt").asInt();
  }

  ObjectNode started(long pid) {
    return kind("started").put("pid", pid);
  }

  ObjectNode prompted(String key, int attempt) {
    return kind("prompt").put("key", key).put("attempt", attempt);
  }

  ObjectNode answered(String key, int attempt, JsonNode response) {
    ObjectNode node = kind("answered").put("key", key).put("attempt", attempt);
    return node.set("response", response);
  }

  ObjectNode steered(String key, String text) {
    return kind("steer").put("key", key).put("text", text);
  }

  ObjectNode said(JsonNode record) {
    return kind("pi").set("record", record);
  }

  ObjectNode garbled(String reason) {
    return kind("garbled").put("reason", reason);
  }

  ObjectNode exited(int code, String stderr) {
    return kind("exited").put("code", code).put("stderr", stderr);
  }

  private ObjectNode kind(String kind) {
    return pi.object().put("kind", kind);
  }

  /** {@code fact} as a line of the journal. */
  byte[] line(long seq, Instant at, ObjectNode fact) {
    ObjectNode entry = pi.object().put("seq", seq).put("at", at.toString());
    entry.setAll(fact);
    return pi.line(entry);
  }
}

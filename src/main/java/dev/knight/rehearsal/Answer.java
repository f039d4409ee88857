package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stand-in answers to one REST request.
 *
 * @param body a missing node where there is none
 * @param headers those that belong to this answer alone, by lower-case name
 */
record Answer(int status, JsonNode body, Map<String, String> headers) {
  static Answer ok(JsonNode body) {
    return new Answer(200, body, Map.of());
  }

  static Answer created(JsonNode body) {
    return new Answer(201, body, Map.of("location", body.path("url").asText()));
  }

  static Answer empty() {
    return new Answer(204, MissingNode.getInstance(), Map.of());
  }

  Answer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, more);
  }

  /** The body as text. */
  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return body.isMissingNode() ? new byte[0] : Json.bytes(body);
  }
}

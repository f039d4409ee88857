package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a rehearsal in a process of its own can be asked and told besides what GitHub offers: {@code
 * GET /__requests}, {@code GET /__notifications?login=ada}, {@code POST /__faults} and {@code POST
 * /__weather} (see {@link Weather}).
 */
final class ControlSite {
  private static final String START = "/__";

  private final World world;
  private final Traffic traffic;
  private final Faults faults;

  ControlSite(World world, Traffic traffic, Faults faults) {
    this.world = world;
    this.traffic = traffic;
    this.faults = faults;
  }

  static boolean isControl(String path) {
    return path.startsWith(START);
  }

  void answer(WireRequest request, WireReply reply) throws IOException {
    JsonNode json =
        switch (request.method() + " " + request.path()) {
          case "GET /__requests" -> Json.array(traffic.requests(), ControlSite::request);
          case "GET /__notifications" ->
              Json.array(world.notifications(login(request)), ControlSite::notification);
          case "POST /__faults" -> inject(Json.read(request.text()));
          case "POST /__weather" -> weather(Weather.of(Json.read(request.text())));
          default -> Json.object().put("message", "Unknown control " + request);
        };
    reply.send(200, Map.of("content-type", "application/json"), Json.bytes(json));
  }

  /**
   * {@code {"method": "POST", "path": "regex", "times": 1, "kind": "drop-before | drop-after | cut
   * | delay | answer | bad-gateway | primary-limit | secondary-limit", "bytes": 10, "millis": 100,
   * "status": 500, "message": "…", "reset": "2026-…Z", "seconds": 5}}.
   */
  private ObjectNode inject(JsonNode json) {
    Fault.Place place = Fault.on(json.path("method").asText("*"), json.path("path").asText(".*"));
    Fault fault =
        switch (json.path("kind").asText()) {
          case "drop-before" -> place.dropBefore();
          case "drop-after" -> place.dropAfter();
          case "cut" -> place.cutAfter(json.path("bytes").asInt());
          case "delay" -> place.delay(Duration.ofMillis(json.path("millis").asLong()));
          case "bad-gateway" -> place.badGateway();
          case "primary-limit" ->
              place.primaryRateLimit(Instant.parse(json.path("reset").asText()));
          case "secondary-limit" ->
              place.secondaryRateLimit(Duration.ofSeconds(json.path("seconds").asLong()));
          default ->
              place.answer(
                  json.path("status").asInt(500), json.path("message").asText("Server Error"));
        };
    faults.inject(fault.times(json.path("times").asInt(1)));
    return Json.object().put("injected", true);
  }

  private ObjectNode weather(Weather next) {
    faults.weather(next);
    world.register().lag(next.readLag());
    return Json.object().put("weather", next.toString());
  }

  private static String login(WireRequest request) {
    return URLDecoder.decode(request.query().replaceFirst("^login=", ""), StandardCharsets.UTF_8);
  }

  private static ObjectNode request(SeenRequest seen) {
    return Json.object()
        .put("at", seen.at().toString())
        .put("method", seen.method())
        .put("path", seen.path())
        .put("query", seen.query())
        .put("login", seen.login())
        .put("status", seen.status());
  }

  private static ObjectNode notification(Notification told) {
    return Json.object()
        .put("login", told.login())
        .put("repository", told.subject().repository().toString())
        .put("number", told.subject().number())
        .put("comment", told.commentId())
        .put("byEdit", told.byEdit())
        .put("at", told.at().toString());
  }
}

package dev.knight.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * When what happened in one job, as its story and its journals say.
 *
 * @param events of its story, the oldest first
 */
record Story(List<Line> events) {
  private static final String ENTERED = "Entered ";

  /** One line of it. */
  record Line(Instant at, String kind, String text) {}

  /**
   * A part of the time.
   *
   * @param name the step, or what pi did
   */
  record Part(String name, Instant from, Instant to) {
    double millis() {
      return Duration.between(from, to).toNanos() / 1e6;
    }
  }

  /** That of {@code job}, as the API shows it. */
  static Story of(JsonNode job) {
    return new Story(
        StreamSupport.stream(job.required("events").spliterator(), false)
            .map(event ->
                new Line(
                    Instant.parse(event.required("at").asText()),
                    event.required("kind").asText(),
                    event.required("text").asText()))
            .toList());
  }

  /** When the first line of that kind, beginning so, was written. */
  Instant at(String kind, String beginning) {
    return events.stream()
        .filter(line -> line.kind().equals(kind) && line.text().startsWith(beginning))
        .map(Line::at)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no " + kind + " in " + events));
  }

  /** Whether it has a line of that kind. */
  boolean has(String kind) {
    return events.stream().anyMatch(line -> line.kind().equals(kind));
  }

  /** The steps in their order; each as often as it was entered. */
  List<Part> steps() {
    List<Part> parts = new ArrayList<>();
    String name = "wait for a worker";
    Instant from = at("accepted", "");
    for (Line line : events) {
      boolean entered = line.kind().equals("step") && line.text().startsWith(ENTERED);
      if (entered || line.kind().equals("finished")) {
        parts.add(new Part(name, from, line.at()));
        name = line.text().substring(entered ? ENTERED.length() : 0);
        from = line.at();
      }
    }
    return parts;
  }

  /** What pi did in the conversations of {@code job}: its starts, in their jails, and its turns. */
  static List<Part> ofPi(KnightHome home, long job) throws IOException {
    List<Part> parts = new ArrayList<>();
    try (Stream<Path> journals = Files.list(home.recordings())) {
      for (Path journal :
          journals.filter(file -> file.getFileName().toString().matches(job + "[-.].*")).toList()) {
        addTo(parts, journal);
      }
    }
    return parts;
  }

  private static void addTo(List<Part> parts, Path journal) throws IOException {
    String name = "";
    Instant from = Instant.MIN;
    for (String line : Files.readAllLines(journal)) {
      JsonNode entry = entry(line);
      Instant at = at(entry);
      String kind = entry.required("kind").asText();
      boolean settled = entry.at("/record/type").asText().equals("agent_settled");
      boolean prompted = kind.equals("prompt");
      if (!name.isEmpty() && (prompted || settled)) {
        parts.add(new Part(name, from, at));
        name = "";
      }
      if (prompted || kind.equals("started")) {
        name = prompted ? "turns of pi" : "starts of pi";
        from = at;
      }
    }
  }

  /** A line of a journal. */
  static JsonNode entry(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** When that was. */
  static Instant at(JsonNode entry) {
    return Instant.parse(entry.required("at").asText());
  }
}

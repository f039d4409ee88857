package dev.knight.pi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What was said between a client and a real pi 1.5.2, as it was recorded.
 *
 * @param name the experiment
 */
@NullMarked
public record Transcript(String name, List<Line> lines) {
  private static final Path DIRECTORY = Path.of("src/test/resources/pi");

  /** One record and who said it. */
  public record Line(boolean fromPi, JsonNode record) {
    /** The record as it went over the wire, without its line end. */
    public byte[] bytes() {
      return record.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Each one there is. */
  public static Stream<Transcript> all() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("INDEX.jsonl"))
          .sorted()
          .toList()
          .stream()
          .map(file -> of(file.replace(".jsonl", "")));
    }
  }

  /** The one called {@code name}. */
  public static Transcript of(String name) {
    ObjectMapper json = new ObjectMapper();
    List<Line> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(DIRECTORY.resolve(name + ".jsonl"))) {
        JsonNode node = json.readTree(line);
        lines.add(new Line(node.path("dir").asText().equals("<"), node.path("rec")));
      }
    } catch (IOException e) {
      throw new IllegalStateException("No transcript " + name, e);
    }
    return new Transcript(name, List.copyOf(lines));
  }

  @Override
  public String toString() {
    return name;
  }
}

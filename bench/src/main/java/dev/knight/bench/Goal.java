package dev.knight.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ratio that has to hold, of two medians of one run.
 *
 * @param figure what is compared
 * @param who the median above
 * @param against the median below; without it the figure itself counts, which is for counts alone
 * @param isLeast whether the ratio has to be at least {@code bound}, not at most
 */
record Goal(
    String bench,
    String figure,
    String who,
    Optional<String> against,
    boolean isLeast,
    double bound) {

  /** What a run says of a goal. */
  sealed interface Result {
    /** One line for a person. */
    String words();
  }

  /** It holds. */
  record Met(String words) implements Result {}

  /** It does not hold. */
  record Missed(String words) implements Result {}

  /** What it compares was not measured. */
  record NotShown(String words) implements Result {}

  /** Reads goals from a file that holds a list of them. */
  static List<Goal> load(Path file) throws IOException {
    List<Goal> goals = new ArrayList<>();
    for (JsonNode goal : new JsonMapper().readTree(Files.readString(file))) {
      boolean isLeast = goal.has("least");
      goals.add(
          new Goal(
              word(goal, "bench"),
              word(goal, "figure"),
              word(goal, "who"),
              Optional.ofNullable(goal.get("against")).map(JsonNode::asText),
              isLeast,
              goal.required(isLeast ? "least" : "most").asDouble()));
    }
    return goals;
  }

  /** Whether it holds for what was measured. */
  Result judge(Readings readings) {
    Spread above = readings.of(bench, figure, who);
    Optional<Spread> below = against.map(peer -> readings.of(bench, figure, peer));
    if (above.isEmpty() || below.filter(Spread::isEmpty).isPresent()) {
      return new NotShown("not shown: " + this);
    }
    double ratio = above.median() / below.map(Spread::median).orElse(1.0);
    boolean holds = isLeast ? ratio >= bound : ratio <= bound;
    String words = "%s, is %s".formatted(this, Table.shown(ratio));
    return holds ? new Met("holds: " + words) : new Missed("missed: " + words);
  }

  @Override
  public String toString() {
    return "%s, %s of %s%s %s %s"
        .formatted(
            bench,
            figure,
            who,
            against.map(peer -> " / " + peer).orElse(""),
            isLeast ? "at least" : "at most",
            Table.shown(bound));
  }

  private static String word(JsonNode goal, String key) {
    return goal.required(key).asText();
  }
}

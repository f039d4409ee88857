package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the agent made of a person's words, beside what it had assumed.
 *
 * @param differs the numbers of the assumptions that the words decide otherwise
 * @param confirms the numbers of those that they agree with
 * @param more whether the words want anything besides
 */
record Weighed(Set<Integer> differs, Set<Integer> confirms, boolean more) {

  /** Without a block that can be read the words are told as words. */
  static Weighed of(String message) {
    ClosingBlock block = ClosingBlock.of(message);
    return block
        .json()
        .map(json ->
            new Weighed(
                numbers(json, "differs"),
                numbers(json, "confirms"),
                json.path("more").asBoolean(true)))
        .orElseGet(() -> new Weighed(Set.of(), Set.of(), true));
  }

  private static Set<Integer> numbers(JsonNode json, String field) {
    return StreamSupport.stream(json.path(field).spliterator(), false)
        .filter(JsonNode::isInt)
        .map(JsonNode::intValue)
        .collect(Collectors.toUnmodifiableSet());
  }
}

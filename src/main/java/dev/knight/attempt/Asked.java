package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A question of the agent's.
 *
 * @param text what it wants to know
 * @param assumed what it would assume; empty if nothing
 * @param reversible whether it says that what is made with it can be undone
 */
record Asked(String text, String assumed, boolean reversible) {
  private static final int MOST = 3;
  private static final int LONGEST = 2_000;

  /** What {@code block} asks: a list, or one question as it was asked before there was a list. */
  static List<Asked> in(JsonNode block) {
    List<Asked> asked = new ArrayList<>();
    StreamSupport.stream(block.path("questions").spliterator(), false)
        .limit(MOST)
        .map(one ->
            new Asked(
                text(one, "question"), text(one, "default"), one.path("reversible").asBoolean()))
        .forEach(asked::add);
    if (asked.isEmpty()) {
      asked.add(new Asked(text(block, "question"), text(block, "default"), false));
    }
    return asked.stream().filter(one -> !one.text.isEmpty()).toList();
  }

  /** Whether it can be gone on with. */
  boolean blocksNobody() {
    return reversible && !assumed.isEmpty();
  }

  /** The questions as a person reads them, each with a number if there are several. */
  static String shown(List<Asked> questions) {
    if (questions.size() == 1) {
      return questions.getFirst().shown();
    }
    StringBuilder list = new StringBuilder();
    for (Asked one : questions) {
      list.append(list.isEmpty() ? "" : "\n\n");
      list.append(1 + questions.indexOf(one)).append(". ").append(one.shown());
    }
    return list.toString();
  }

  private String shown() {
    String flat = text.replaceAll("\\s*\\n\\s*", " ");
    return assumed.isEmpty()
        ? flat
        : "%s (I would assume: %s)".formatted(flat, assumed.replaceAll("\\s*\\n\\s*", " "));
  }

  private static String text(JsonNode block, String field) {
    String text = block.path(field).asText("").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}

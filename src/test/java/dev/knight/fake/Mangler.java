package dev.knight.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bytes and JSON worse, as somebody would who means it; the same seed, the same way. */
public final class Mangler {
  private static final List<String> BYTES =
      List.of(
          "\0",
          "\r",
          "\n",
          "\r\n",
          "\u2028",
          "\u202e",
          "\u001b]0;x\u0007",
          "\\ud800",
          "\\u0000",
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "-0",
          "1e999999",
          "99999999999999999999999999999999",
          "[".repeat(500),
          "{\"a\":".repeat(500),
          "\"type\":\"response\",",
          "\uFEFF");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "9223372036854775807",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"..\"",
          "\"../../etc/passwd\"",
          "\"-rf\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\\u001b[2J\"",
          "\"javascript:alert(1)\"",
          "\"https://evil.example/ada/engine/pull/7\"",
          "\"//evil.example\"",
          "\"http://ada@evil.example:99999999/\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"0000-00-00T00:00:00Z\"",
          "[]",
          "{}",
          "[[[[[[]]]]]]",
          "{\"login\": 7}",
          "\"" + "x".repeat(70_000) + "\"");

  private final ObjectMapper json = new ObjectMapper();
  private final SplittableRandom chance;

  /** One that does the same for the same {@code seed}. */
  public Mangler(long seed) {
    this.chance = new SplittableRandom(seed);
  }

  /** {@code text} with one to four pieces cut, doubled, swapped or put in. */
  public byte[] bytes(byte[] text) {
    byte[] worse = text;
    for (int i = chance.nextInt(1, 5); i > 0; i--) {
      worse = once(worse);
    }
    return worse;
  }

  private byte[] once(byte[] text) {
    int from = chance.nextInt(text.length + 1);
    int to = from + chance.nextInt(Math.min(64, text.length - from) + 1);
    ByteArrayOutputStream worse = new ByteArrayOutputStream(text.length + 64);
    worse.write(text, 0, from);
    switch (chance.nextInt(5)) {
      case 0 -> worse.writeBytes(one(BYTES).getBytes(StandardCharsets.UTF_8));
      case 1 -> worse.write(chance.nextInt(256));
      case 2 -> {
        worse.write(text, from, to - from);
        worse.write(text, from, to - from);
      }
      case 3 -> {
        return worse.toByteArray();
      }
      default -> from = to;
    }
    worse.write(text, from, text.length - from);
    return worse.toByteArray();
  }

  /** {@code object} with one to three of its fields, at any depth, gone or something else. */
  public JsonNode fields(JsonNode object) {
    JsonNode worse = object.deepCopy();
    for (int i = chance.nextInt(1, 4); i > 0; i--) {
      List<JsonNode> holders = new ArrayList<>();
      collect(worse, holders);
      if (!holders.isEmpty()) {
        change(holders.get(chance.nextInt(holders.size())));
      }
    }
    return worse;
  }

  private void change(JsonNode holder) {
    switch (holder) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(chance.nextInt(names.size()));
        if (chance.nextInt(4) == 0) {
          object.remove(name);
        } else {
          object.set(name, value());
        }
      }
      case ArrayNode array -> array.set(chance.nextInt(array.size()), value());
      default -> throw new IllegalArgumentException("Holds nothing: " + holder);
    }
  }

  private JsonNode value() {
    try {
      return json.readTree(one(VALUES));
    } catch (java.io.IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private String one(List<String> all) {
    return all.get(chance.nextInt(all.size()));
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty()) {
      holders.add(node);
    }
    node.forEach(child -> collect(child, holders));
  }
}

package dev.knight.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One JSON object of an answer, read with suspicion: what is missing or of the wrong kind makes the
 * answer as useless as a broken one.
 */
record Fields(JsonNode node) {
  private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-[0-9TZ:.+-]{15,30}");

  Fields {
    if (!node.isObject()) {
      throw unusable("an object");
    }
  }

  /** The objects of an array. */
  static List<Fields> list(JsonNode node) {
    if (!node.isArray()) {
      throw unusable("a list");
    }
    List<Fields> list = new ArrayList<>();
    node.forEach(item -> list.add(new Fields(item)));
    return list;
  }

  /** The objects of the array {@code name}. */
  List<Fields> items(String name) {
    return list(node.path(name));
  }

  /** A number from 1 that fits 63 bits. */
  long number(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw unusable(name);
    }
    return value.longValue();
  }

  /** A text of the given shape. */
  String text(String name, Pattern shape) {
    String text = node.path(name).asText("");
    if (!node.path(name).isTextual() || !shape.matcher(text).matches()) {
      throw unusable(name);
    }
    return text;
  }

  /**
   * A free text: empty if it is missing or null, cut at {@code longest} characters, and without the
   * character 0, which no database takes.
   */
  String prose(String name, int longest) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw unusable(name);
    }
    return Words.cut(value.asText().replace("\0", ""), longest);
  }

  boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name, INSTANT));
    } catch (DateTimeException notATime) {
      throw unusable(name);
    }
  }

  URI uri(String name) {
    try {
      return new URI(prose(name, 2_000));
    } catch (URISyntaxException notAnAddress) {
      throw unusable(name);
    }
  }

  Fields object(String name) {
    return optional(name).orElseThrow(() -> unusable(name));
  }

  /** An object that may be missing or null. */
  Optional<Fields> optional(String name) {
    return has(name) ? Optional.of(new Fields(node.path(name))) : Optional.empty();
  }

  /** The objects of an array that may be missing; what is no object is left out. */
  List<Fields> list(String name) {
    List<Fields> list = new ArrayList<>();
    node.path(name)
        .forEach(item -> {
          if (item.isObject()) {
            list.add(new Fields(item));
          }
        });
    return list;
  }

  /** What an answer is that lacks {@code what}, or has it in a wrong shape. */
  static UnavailableException unusable(String what) {
    return new UnavailableException(
        "GitHub's answer cannot be used: '%s' is missing or wrong.".formatted(what),
        Optional.empty());
  }
}

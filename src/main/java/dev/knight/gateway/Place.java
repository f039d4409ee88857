package dev.knight.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where in a JSON text a parser is: the names on the way, with dots; lists are not counted. */
final class Place {
  private final Deque<Integer> lengths = new ArrayDeque<>();
  private final StringBuilder path = new StringBuilder();
  private String field = "";

  /** Takes note of {@code token}, which {@code parser} has just read. */
  void note(JsonToken token, JsonParser parser) throws IOException {
    switch (token) {
      case FIELD_NAME -> field = parser.currentName();
      case START_OBJECT, START_ARRAY -> {
        lengths.push(path.length());
        append(field);
        field = "";
      }
      case END_OBJECT, END_ARRAY -> {
        path.setLength(lengths.pop());
        field = "";
      }
      default -> {} // a value, at the place where it is
    }
  }

  /** Where the last token was a value: its own place. */
  String value() {
    if (field.isEmpty()) {
      return path.toString();
    }
    return path.isEmpty() ? field : path + "." + field;
  }

  /** How many objects and lists are open. */
  int depth() {
    return lengths.size();
  }

  private void append(String name) {
    if (!name.isEmpty()) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(name);
    }
  }
}

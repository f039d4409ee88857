package dev.knight.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON as the API speaks it. */
public final class Json {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** {@code value} on one line. */
  public String text(Object value) {
    return written(mapper, value);
  }

  /**
   * {@code value} on many lines, for people: in ASCII, so that nothing in it can steer a terminal.
   */
  String pretty(Object value) {
    ObjectMapper ascii = mapper.copy().enable(SerializationFeature.INDENT_OUTPUT);
    ascii.getFactory().enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
    return written(ascii, value).replace("\u007f", "\\u007f");
  }

  /** {@code value} on one line, for a terminal or a program: in ASCII, as above. */
  String line(Object value) {
    ObjectMapper ascii = mapper.copy();
    ascii.getFactory().enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
    return written(ascii, value).replace("\u007f", "\\u007f");
  }

  /** A new object. */
  ObjectNode object() {
    return mapper.createObjectNode();
  }

  /** The {@code type} that {@code text} is. */
  <T> T read(String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The list of {@code type} that {@code text} is. */
  <T> List<T> readList(String text, Class<T> type) {
    try {
      return mapper.readerForListOf(type).readValue(text);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String written(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}

package dev.knight.github;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.util.Optional;

/**
 * JSON as trees: no class is filled by reflection. Jackson's own limits hold (depth 1,000, names
 * 50,000 and numbers 1,000 characters).
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The tree of a whole JSON text.
   *
   * @throws UnavailableException when it is cut, empty or no JSON: a proxy's page or an outage
   */
  static JsonNode parse(String text) {
    try {
      JsonNode tree = READER.readTree(text);
      if (tree.isMissingNode()) {
        throw new UnavailableException(
            Side.GITHUB, "GitHub's answer is empty.", Optional.empty(), null);
      }
      return tree;
    } catch (JsonProcessingException notJson) {
      throw new UnavailableException(
          Side.GITHUB, "GitHub's answer is no whole JSON.", Optional.empty(), notJson);
    }
  }

  /** The tree of an error's body, which may be anything. */
  static Optional<JsonNode> lenient(String text) {
    try {
      return Optional.of(READER.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException page) {
      return Optional.empty();
    }
  }
}

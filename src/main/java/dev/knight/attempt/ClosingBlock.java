package dev.knight.attempt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knight.hygiene.MarkdownNodes;
import java.util.Optional;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The fenced {@code json} block that ends an agent's message.
 *
 * @param before the message without it
 * @param json the object in it; empty if the block is missing or is not a JSON object
 */
record ClosingBlock(String before, Optional<JsonNode> json) {
  /** Models break lines within strings, which says well enough what they mean. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  /** What a message says within its blocks does not matter here, and may nest without end. */
  private static final Parser BLOCKS =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(_ -> (_, _) -> {})
          .build();

  /**
   * No message that a model writes is longer; what is, is cut at its start, since the block ends
   * it.
   */
  private static final int LONGEST = 200_000;

  static ClosingBlock of(String message) {
    String end =
        message.length() <= LONGEST ? message : message.substring(message.length() - LONGEST);
    return MarkdownNodes.inOrder(BLOCKS.parse(end)).reversed().stream()
        .filter(FencedCodeBlock.class::isInstance)
        .map(FencedCodeBlock.class::cast)
        .filter(block -> "json".equalsIgnoreCase(block.getInfo().strip()))
        .findFirst()
        .map(block -> of(end, block))
        .orElseGet(() -> new ClosingBlock(end.strip(), Optional.empty()));
  }

  private static ClosingBlock of(String message, FencedCodeBlock block) {
    int start = block.getSourceSpans().getFirst().getInputIndex();
    return new ClosingBlock(message.substring(0, start).strip(), read(block.getLiteral()));
  }

  private static Optional<JsonNode> read(String literal) {
    try {
      return Optional.of(JSON.readTree(literal)).filter(JsonNode::isObject);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}

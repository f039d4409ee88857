package dev.knight.hygiene;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Goes through a Markdown text without recursion: it may be nested as deep as it is long. */
public final class MarkdownNodes {
  private MarkdownNodes() {}

  /** {@code document} and every node in it, in the order of the text. */
  public static List<Node> inOrder(Node document) {
    List<Node> nodes = new ArrayList<>();
    @Nullable Node node = document;
    while (node != null) {
      nodes.add(node);
      node = node.getFirstChild() != null ? node.getFirstChild() : after(node);
    }
    return nodes;
  }

  /** The first node that comes after all of {@code node}. */
  static @Nullable Node after(Node node) {
    @Nullable Node at = node;
    while (at != null && at.getNext() == null) {
      at = at.getParent();
    }
    return at == null ? null : at.getNext();
  }
}

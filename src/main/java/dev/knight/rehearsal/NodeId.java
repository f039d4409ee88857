package dev.knight.rehearsal;

import java.nio.ByteBuffer;
import java.util.Base64;

/** GitHub's global ids: a prefix that names the kind, and an opaque rest. */
final class NodeId {
  private NodeId() {}

  /** The node id of a thing, such as {@code IC_kwDO...} for an issue comment. */
  static String of(String prefix, long id) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    return prefix + "_kwDO" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String of(Issue issue) {
    return issue.pull().map(pull -> of("PR", pull.id())).orElseGet(() -> of("I", issue.id()));
  }
}

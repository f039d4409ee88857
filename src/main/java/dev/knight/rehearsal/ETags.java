package dev.knight.rehearsal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Entity tags as GitHub makes them: of what was answered, and of who asked how. */
final class ETags {
  private ETags() {}

  /** A new token, or another {@code Accept}, makes another tag of the same body. */
  static String of(WireRequest request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : new String[] {"accept", "authorization", "cookie"}) {
        digest.update((request.header(name) + ":").getBytes(StandardCharsets.UTF_8));
      }
      return "W/\"" + HexFormat.of().formatHex(digest.digest(body)) + "\"";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  /** Whether the client has this very answer already. */
  static boolean held(WireRequest request, String tag) {
    String held = request.header("if-none-match");
    return held.contains(strong(tag));
  }

  private static String strong(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}

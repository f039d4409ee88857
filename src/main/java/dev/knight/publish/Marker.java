package dev.knight.publish;

import dev.knight.job.Mention;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The invisible word by which knight finds what it wrote. It is made from the mention's node id, so
 * that it stays the same when the store is lost. It counts only in what knight's own account wrote:
 * that tells two knights apart, and knight from whoever quotes it.
 */
public record Marker(String text) {
  /** What every text of knight's contains, so that it never answers itself. */
  static final String PREFIX = "<!-- knight:";

  /** Whether {@code text} is one of knight's own. */
  public static boolean isIn(String text) {
    return text.contains(PREFIX);
  }

  static Marker of(String kind, Mention mention) {
    return of(kind, mention.nodeId());
  }

  /** The one of the thing of that kind that {@code key} tells from all others. */
  static Marker of(String kind, String key) {
    return new Marker(PREFIX + kind + " " + digest(key).substring(0, 16) + " -->");
  }

  /** SHA-256 of {@code text} in hexadecimal. */
  static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}

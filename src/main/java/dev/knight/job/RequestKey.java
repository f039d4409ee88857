package dev.knight.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes a request by hand happen once, however often it is sent: whoever asks chooses the key,
 * and says it again when the answer was lost.
 *
 * @param key what whoever asks has chosen
 * @param digest of what is asked for, so that the same key for something else is noticed
 */
public record RequestKey(String key, String digest) {
  /** For so long a key is known; after that it is a new one. */
  public static final Duration KNOWN = Duration.ofDays(30);

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  public RequestKey {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "A key is 1 to 200 letters, digits or signs without blanks, as a UUID is");
    }
  }

  /** The key of a request for {@code text} on the issue at {@code url}. */
  public static RequestKey of(String key, IssueUrl url, Optional<String> text) {
    String asked =
        url.host().toLowerCase(Locale.ROOT)
            + "\n"
            + url.subject().repository().key()
            + "\n"
            + url.subject().number()
            + "\n"
            + text.map(words -> "says " + words).orElse("as it says");
    return new RequestKey(key, digest(asked));
  }

  /**
   * Passes if {@code known}, kept under the same key, is the digest of the same request.
   *
   * @throws RefusedException if it is another request's
   */
  public void refuseUnless(String known) {
    if (!digest.equals(known)) {
      throw new RefusedException(
          "The key %s was used for another request already; choose a new one".formatted(key));
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}

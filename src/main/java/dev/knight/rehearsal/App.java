package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A GitHub App and its one installation.
 *
 * @param slug its name in addresses
 * @param account whose name stands under what it writes
 * @param key what its signatures are held against
 */
record App(long id, long installation, String slug, Account account, PublicKey key) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Whether {@code credential} is a JSON web token that this App signed, and that holds now. */
  boolean signed(String credential, Instant now) {
    String[] parts = credential.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && says(decoded(parts[0]).path("alg"), "RS256")
          && holds(decoded(parts[1]), now);
    } catch (GeneralSecurityException | IllegalArgumentException otherToken) {
      return false;
    }
  }

  private boolean holds(JsonNode claims, Instant now) {
    Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
    return says(claims.path("iss"), String.valueOf(id))
        && !issued.isAfter(now)
        && expires.isAfter(now)
        && !expires.isAfter(issued.plus(LONGEST));
  }

  private static boolean says(JsonNode value, String text) {
    return value.asText().equals(text);
  }

  private static JsonNode decoded(String part) {
    return Json.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}

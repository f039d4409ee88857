package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.Side;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A GitHub App that can sign for itself. */
public final class AppKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----\\s*([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

  /** What stands before an RSA key in PKCS#8: version 0, and the algorithm (RFC 5208, RFC 8017). */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** GitHub's own advice against clocks that are ahead of its own. */
  private static final Duration BEHIND = Duration.ofSeconds(60);

  /** GitHub takes no more than 10 minutes, counted by its own clock. */
  private static final Duration VALID = Duration.ofMinutes(8);

  private final long id;
  private final long installation;
  private final PrivateKey key;

  private AppKey(long id, long installation, PrivateKey key) {
    this.id = id;
    this.installation = installation;
    this.key = key;
  }

  /**
   * The App of number {@code id}, as it is installed under the number {@code installation}.
   *
   * @param pem its private key as GitHub gives it (PKCS#1), or as PKCS#8
   * @throws MisconfiguredException if {@code pem} is no such key
   */
  public static AppKey of(long id, long installation, Secret pem) {
    Matcher matcher = PEM.matcher(pem.reveal());
    if (!matcher.find()) {
      throw unfit(null);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
      byte[] pkcs8 = matcher.group(1) == null ? bytes : wrapped(bytes);
      return new AppKey(
          id,
          installation,
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (IllegalArgumentException | GeneralSecurityException broken) {
      throw unfit(broken);
    }
  }

  /** The App's number. */
  long id() {
    return id;
  }

  /** The number of its installation. */
  long installation() {
    return installation;
  }

  /** What shows GitHub at {@code now} that the App itself asks: a signed JSON web token. */
  Secret signed(Instant now) {
    String claims =
        Json.object()
            .put("iat", now.minus(BEHIND).getEpochSecond())
            .put("exp", now.plus(VALID).getEpochSecond())
            .put("iss", String.valueOf(id))
            .toString();
    String words = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(words.getBytes(StandardCharsets.US_ASCII));
      return new Secret(words + "." + encoded(signature.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The GitHub App's key does not sign", impossible);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** PKCS#8 around PKCS#1: GitHub gives the latter, the JDK reads the former. */
  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(RSA);
    content.writeBytes(element(OCTETS, pkcs1));
    return element(SEQUENCE, content.toByteArray());
  }

  /** An element of DER: its tag, its length in two bytes, its content. */
  private static byte[] element(int tag, byte[] content) {
    if (content.length > 0xffff) {
      throw new IllegalArgumentException("No key is that long");
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(0x82);
    element.write(content.length >> 8);
    element.write(content.length);
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static MisconfiguredException unfit(@Nullable Exception cause) {
    return new MisconfiguredException(
        Side.GITHUB,
        "knight.github.app.private-key-file names no private key of a GitHub App: download one from"
            + " the App's settings (a .pem file).",
        cause);
  }
}

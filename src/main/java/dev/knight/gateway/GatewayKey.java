package dev.knight.gateway;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the conversations' tokens, and knows them again: each is an HMAC of the conversation's
 * name, so that none is stored and all survive a restart.
 */
final class GatewayKey {
  private static final String ALGORITHM = "HmacSHA256";

  /** As long as SHA-256's result, the length that RFC 2104 advises. */
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  private GatewayKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The key of {@code home}, made at its first use.
   *
   * @throws MisconfiguredException when its file cannot be read, made or understood
   */
  static GatewayKey of(KnightHome home) {
    Path file = home.gatewayKey();
    try {
      if (!Files.exists(file)) {
        home.make(home.root());
        make(file);
      }
      return new GatewayKey(parse(file, Files.readString(file)));
    } catch (IOException e) {
      throw new MisconfiguredException(
          "Cannot read or make " + file + ": knight must own its home directory", e);
    }
  }

  /** The token of {@code conversation}. */
  Secret tokenFor(String conversation) {
    return new Secret(HexFormat.of().formatHex(mac(conversation)));
  }

  /**
   * Whether {@code token} is the one of {@code conversation}; takes as long for every wrong one.
   */
  boolean opens(String conversation, String token) {
    return MessageDigest.isEqual(
        tokenFor(conversation).reveal().getBytes(StandardCharsets.UTF_8),
        token.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] mac(String conversation) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(conversation.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** Written aside and moved, so that a crash leaves no half of a key. */
  private static void make(Path file) throws IOException {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    Path aside =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(aside, HexFormat.of().formatHex(fresh), StandardOpenOption.SYNC);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] parse(Path file, String text) {
    try {
      byte[] key = HexFormat.of().parseHex(text.strip());
      if (key.length == BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw broken(file, e);
    }
    throw broken(file, new IllegalArgumentException("wrong length"));
  }

  private static MisconfiguredException broken(Path file, Exception cause) {
    return new MisconfiguredException(
        file + " holds no key: delete it, and knight makes a new one at its next start", cause);
  }
}

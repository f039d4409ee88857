package dev.knight.api;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a client shows to the service to prove that it can read the service's home. */
public final class ApiToken {
  private static final int BYTES = 32;

  private final Secret text;

  /** The token that {@code text} is. */
  public ApiToken(Secret text) {
    this.text = text;
  }

  /**
   * The token in {@code file}.
   *
   * @throws MisconfiguredException if it cannot be read
   */
  public static ApiToken read(Path file) {
    try {
      String text = Files.readString(file).strip();
      if (text.length() < BYTES) {
        throw new MisconfiguredException(
            "%s is damaged: stop knight, remove the file and start knight again".formatted(file));
      }
      return new ApiToken(new Secret(text));
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "The service's token in %s cannot be read: run this as the service's user"
              .formatted(file),
          unreadable);
    }
  }

  /** The token in {@code file}, which is made, readable by its owner alone, if it is not there. */
  public static ApiToken readOrMake(Path file) {
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  /** Whether {@code shown} is this token; takes as long for a near miss as for a far one. */
  public boolean matches(String shown) {
    return MessageDigest.isEqual(bytes(text.reveal()), bytes(shown));
  }

  /** The value of the HTTP header {@code Authorization}. */
  public String authorization() {
    return "Bearer " + text.reveal();
  }

  /**
   * The holder of the home's lock is alone here. Written whole under another name first: a file
   * with half a token would lock everybody out.
   */
  private static void make(Path file) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be written: check that its directory is yours".formatted(file), unwritable);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

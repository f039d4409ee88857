package dev.knight;

import dev.knight.github.TokenSource;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The token in a file, which is read again when the file has changed: a new token needs no new
 * start. While the file is gone or unfit, the token that was read last stays.
 */
final class TokenFile implements TokenSource {
  private static final Logger LOG = Logger.getLogger(TokenFile.class);

  private final String key;
  private final Path file;
  private final KnownSecrets secrets;
  private final ReentrantLock turn = new ReentrantLock();
  private Version version;
  private Secret token;

  /** What changes with the content of a file. */
  private record Version(@Nullable Object file, long size, long modifiedNanos) {}

  /**
   * Reads {@code file}, which {@code key} names; {@code secrets} knows every token that it holds.
   *
   * @throws MisconfiguredException if it cannot be read now
   */
  TokenFile(String key, Path file, KnownSecrets secrets) {
    this.key = key;
    this.file = file;
    this.secrets = secrets;
    this.version = look();
    this.token = read();
  }

  @Override
  public Secret token() {
    turn.lock();
    try {
      Version now = look();
      if (!now.equals(version)) {
        version = now;
        renew();
      }
      return token;
    } finally {
      turn.unlock();
    }
  }

  private void renew() {
    try {
      token = read();
      LOG.infof("%s has changed and was read again", file);
    } catch (MisconfiguredException unfit) {
      LOG.warnf("The token that was read before stays in use: %s", unfit.getMessage());
    }
  }

  private Secret read() {
    Secret read = SecretFile.read(key, file);
    secrets.add(read);
    return read;
  }

  private Version look() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(
          now.fileKey(), now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } catch (IOException _) {
      return new Version(null, -1, 0);
    }
  }
}

package dev.knight.git;

import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit may know of this machine: nothing but its kind. With the reader that it brings, it runs
 * {@code git} to find the machine's configuration, obeys the user's, and writes one of its own.
 */
final class OwnSystem extends SystemReader {
  /** From now on JGit asks this one. */
  static void install() {
    SystemReader.setInstance(new OwnSystem());
  }

  @Override
  public String getHostname() {
    return "localhost";
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return System.getProperty(key);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @SuppressWarnings("deprecation") // Old, but abstract still.
  @Override
  public long getCurrentTime() {
    return now().toEpochMilli();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @SuppressWarnings("deprecation") // Old, but abstract still.
  @Override
  public int getTimezone(long when) {
    return 0;
  }

  @Override
  public ZoneOffset getTimeZoneAt(Instant when) {
    return ZoneOffset.UTC;
  }
}

package dev.knight.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A configuration without a file. It knows one thing: how finely a file system tells time. Not
 * told, JGit measures it with probe files, for seconds, and writes what it found to the user's
 * home.
 */
final class NoConfig extends FileBasedConfig {
  /** Two ticks of the slowest kernel clock in use (100 Hz). */
  private static final long RESOLUTION_MILLIS = 20;

  NoConfig(@Nullable Config parent, FS fs) {
    super(parent, null, fs);
  }

  @Override
  public long getTimeUnit(
      String section, String subsection, String name, long otherwise, TimeUnit unit) {
    return section.equals("filesystem")
        ? unit.convert(RESOLUTION_MILLIS, TimeUnit.MILLISECONDS)
        : super.getTimeUnit(section, subsection, name, otherwise, unit);
  }

  @Override
  public boolean isOutdated() {
    return false;
  }

  @Override
  public void load() {
    // There is nothing to read.
  }

  @Override
  public void save() {
    // What JGit wants to remember, it may forget.
  }

  @Override
  public String toString() {
    return "no configuration";
  }
}

package dev.knight.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which knight this is. */
public final class Version {
  private Version() {}

  /** The version that the build wrote down. */
  public static String number() {
    try (InputStream in = Version.class.getResourceAsStream("/knight-build.properties")) {
      Properties build = new Properties();
      if (in != null) {
        build.load(in);
      }
      return build.getProperty("version", "unknown");
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}

package dev.knight.store;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts the address of the store together, so that nobody outside says how H2 is opened. */
public final class StoreUrl {
  /** The name under which the application is told the address. */
  public static final String PROPERTY = "dev.knight.store.url";

  /** Where the store is unless {@code knight.store.url} says otherwise. */
  public static final String DEFAULT = "jdbc:h2:file:$KNIGHT_HOME/store/knight";

  private static final String FILE = "jdbc:h2:file:";
  private static final String HOME = "$KNIGHT_HOME/";

  /**
   * What would end the path and begin a setting ({@code ;}), or mean something to the configuration
   * that carries the address ({@code $}, a backslash).
   */
  private static final Pattern UNSAFE = Pattern.compile("[;$\\\\\\p{Cntrl}]");

  /**
   * WRITE_DELAY: a commit is in the file when it returns, until {@link Ledger} is told how to save
   * several. DB_CLOSE: only {@link StoreEnd} and the last breath of the process close it, not an
   * idle pool, and not H2's own shutdown hook, which would run beside knight's. TRACE: no second
   * log; errors are thrown. QUERY_CACHE and REUSE_RESULTS: {@link OpenConnection} remembers what
   * was said, and no answer is kept for a question that is asked again, which costs more than it
   * saves. CACHE_SIZE: what jobs of long ago were read for is not kept in mind; by default it is a
   * share of the machine.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
          + ";QUERY_CACHE_SIZE=0;OPTIMIZE_REUSE_RESULTS=0;CACHE_SIZE=4096";

  private StoreUrl() {}

  /**
   * The JDBC address of the store of {@code home}.
   *
   * @param home the absolute directory that {@code $KNIGHT_HOME} stands for
   * @param configured {@code knight.store.url}, if it is set
   * @throws MisconfiguredException if it is none that this build can open safely
   */
  public static String of(Path home, Optional<String> configured) {
    String url = configured.map(String::strip).orElse(DEFAULT);
    if (url.startsWith("jdbc:postgresql:")) {
      throw new MisconfiguredException(
          "knight.store.url names PostgreSQL, which needs the fleet build of knight; this one keeps"
              + " its store in a file: leave the key out, or write "
              + DEFAULT);
    }
    if (!url.startsWith(FILE)) {
      throw refused(url, "it must begin with " + FILE);
    }
    return of(file(url, home));
  }

  /** The file of the store whose address {@link #of} makes, without the ending that H2 adds. */
  public static Path file(Path home, Optional<String> configured) {
    String address = of(home, configured);
    return Path.of(address.substring(FILE.length(), address.length() - SETTINGS.length()));
  }

  /** The JDBC address of the store in {@code file}, whose path has been looked at. */
  static String of(Path file) {
    return FILE + file + SETTINGS;
  }

  private static Path file(String url, Path home) {
    String named = url.substring(FILE.length());
    String path = named.startsWith(HOME) ? home + "/" + named.substring(HOME.length()) : named;
    if (UNSAFE.matcher(path).find()) {
      throw refused(url, "its path may hold no ';', '$', backslash or control character");
    }
    Path file = Path.of(path);
    if (!file.isAbsolute() || file.getFileName() == null || path.endsWith("/")) {
      throw refused(url, "it must name a file by its absolute path");
    }
    return file.normalize();
  }

  private static MisconfiguredException refused(String url, String why) {
    return new MisconfiguredException(
        "knight.store.url '%s' cannot be used: %s; the default is %s".formatted(url, why, DEFAULT));
  }
}

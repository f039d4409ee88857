package dev.knight.store;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;

/** Looks at the store and its copies without changing either. */
public final class StoreSurvey {
  private final KnightHome home;
  private final Path store;

  /**
   * Looks at nothing yet.
   *
   * @param store the store's file, without the ending that H2 adds
   */
  public StoreSurvey(KnightHome home, Path store) {
    this.home = home;
    this.store = store;
  }

  /**
   * What is in the store.
   *
   * @param schema the newest migration that it has had
   * @param jobs the number of each job
   */
  public record Content(String schema, Set<JobId> jobs) {
    /** Keeps its own copy. */
    public Content {
      jobs = Set.copyOf(jobs);
    }
  }

  /** The file itself. */
  public Path file() {
    return store.resolveSibling(store.getFileName() + ".mv.db");
  }

  /** Whether a migration was begun and has not come to its end. */
  public boolean isMigrating() {
    return MigrationMark.of(store).isSet();
  }

  /** How many jobs there were in it at least; 0 if nobody knows. */
  public long jobsOnce() {
    return HighWater.of(store).read();
  }

  /** When the newest copy was made that knight made by itself. */
  public Optional<Instant> newestCopy() throws IOException {
    Optional<Path> newest = new Copies(home).newest();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.getLastModifiedTime(newest.get()).toInstant());
  }

  /**
   * Reads the whole store. Nobody else may have it open.
   *
   * @throws MisconfiguredException when it is damaged, or held by another process
   */
  public Content read() {
    String address = StoreUrl.of(store) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(address)) {
      Optional<String> wrong =
          Engine.of(connection).disagreement().or(() -> HighWater.of(store).lost(connection));
      if (wrong.isPresent()) {
        throw StoreFailure.damaged(wrong.get(), home);
      }
      return new Content(Schema.of(connection), jobs(connection));
    } catch (SQLException unreadable) {
      boolean isHeld = unreadable.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
      // Nothing was written, so that whatever else fails is the file itself.
      throw Optional.of(unreadable)
          .filter(_ -> isHeld)
          .flatMap(held -> StoreFailure.in(held, Optional.empty(), home))
          .orElseGet(() -> StoreFailure.damaged(file() + " cannot be read to its end", home));
    }
  }

  private static Set<JobId> jobs(Connection connection) throws SQLException {
    Set<JobId> jobs = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id from job")) {
      while (rows.next()) {
        jobs.add(new JobId(rows.getLong(1)));
      }
    }
    return jobs;
  }
}

package dev.knight.store;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.FigureReading;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobQuery;
import dev.knight.job.JobReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A look into the store's file while nobody else has it, for a command that asks and ends: one
 * connection that only reads, and none of what a service needs. It reads what this knight's schema
 * has; of a file that was never written it says that there are no jobs.
 */
public final class StoreGlance implements JobReading, FigureReading, AutoCloseable {
  private static final String SETTINGS =
      ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  /** For rows that take secrets out of what they write. */
  private static final Redactor NOTHING_IS_WRITTEN = new Redactor(new KnownSecrets());

  private final Optional<OpenConnection> store;

  /** Looks through {@code store}, where there is one. */
  StoreGlance(Optional<Connection> store) {
    this.store = store.map(OpenConnection::new);
  }

  /** That the file is not as this knight would have written it, or cannot be read so. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Exception cause) {
      super("The store cannot be read at a glance", cause);
    }
  }

  /**
   * Opens it.
   *
   * @param store the store's file, without the ending that H2 adds
   */
  public static StoreGlance open(Path store) {
    if (!Files.exists(store.resolveSibling(store.getFileName() + ".mv.db"))) {
      return new StoreGlance(Optional.empty());
    }
    try {
      return new StoreGlance(
          Optional.of(DriverManager.getConnection("jdbc:h2:file:" + store + SETTINGS)));
    } catch (SQLException unreadable) {
      throw new UnreadableException(unreadable);
    }
  }

  @Override
  public Optional<Job> find(JobId id) {
    return seen(Optional.empty(), sql -> jobs(sql).find(id));
  }

  @Override
  public List<Job> jobs(JobQuery query) {
    return seen(List.of(), sql -> jobs(sql).found(query));
  }

  @Override
  public List<Event> events(JobId id, long after) {
    return seen(List.of(), sql -> new EventRows(sql, NOTHING_IS_WRITTEN).after(id, after));
  }

  @Override
  public List<Effect> effects(JobId id) {
    return seen(List.of(), sql -> new EffectRows(sql).of(id));
  }

  @Override
  public List<Result> results(Instant since) {
    return seen(List.of(), sql -> new FigureRows(sql).results(since));
  }

  @Override
  public List<Spend> spend(LocalDate since) {
    return seen(List.of(), sql -> new FigureRows(sql).spend(since));
  }

  private static JobRows jobs(Sql sql) {
    return new JobRows(sql, NOTHING_IS_WRITTEN);
  }

  /** What {@code look} finds; {@code nothing} where no file was ever written. */
  private <T> T seen(T nothing, Function<Sql, T> look) {
    try {
      return store.map(Reader::new).map(Sql::new).map(look).orElse(nothing);
    } catch (IllegalArgumentException | IllegalStateException foreign) {
      throw new UnreadableException(foreign);
    }
  }

  /** Whoever reads alone. */
  private record Reader(OpenConnection connection) implements Session {
    @Override
    public PreparedStatement prepared(String text) throws SQLException {
      return connection.prepared(text);
    }

    @Override
    public boolean isWriting() {
      return false;
    }

    @Override
    public void touched(JobId job) {
      throw new IllegalStateException("A glance writes nothing");
    }
  }

  @Override
  public void close() {
    try {
      if (store.isPresent()) {
        store.get().close();
      }
    } catch (SQLException stays) {
      throw new UnreadableException(stays);
    }
  }
}

package dev.knight.store;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * What happens to the store before anybody uses it: it is looked through, which shows what a crash
 * of the machine may have done to it, and brought to this knight's schema. Flyway is asked only
 * where it has another one.
 */
@Singleton
final class StoreStart {
  private final Ledger ledger;
  private final Connections connections;
  private final StoreBackups backups;
  private final KnightHome home;

  StoreStart(Ledger ledger, Connections connections, StoreBackups backups, KnightHome home) {
    this.ledger = ledger;
    this.connections = connections;
    this.backups = backups;
    this.home = home;
  }

  void on(@Observes @Priority(1) StartupEvent start) {
    try {
      ledger.savesBy(connections.use(this::ready));
    } catch (SQLException unreadable) {
      throw new IllegalStateException("The store cannot be looked through", unreadable);
    }
  }

  /** Returns how the store is saved. */
  private Runnable ready(Connection connection) throws SQLException {
    Engine engine = Engine.of(connection);
    lookThrough(engine, connection);
    MigrationMark mark = MigrationMark.of(engine.file());
    if (!Schema.of(connection).equals(Schema.NEWEST)) {
      bringToNewest(mark);
    }
    mark.remove();
    return engine.takeSaves();
  }

  private void lookThrough(Engine engine, Connection connection) {
    HighWater jobs = HighWater.of(engine.file());
    Optional<String> wrong = engine.disagreement().or(() -> jobs.lost(connection));
    if (wrong.isPresent()) {
      throw StoreFailure.damaged(wrong.get(), home);
    }
    jobs.note(connection);
  }

  private void bringToNewest(MigrationMark mark) {
    Flyway flyway = Flyway.configure().dataSource(connections.database()).load();
    MigrationInfoService schema = flyway.info(); // which reads the store each time
    refuseNewer(schema);
    if (schema.pending().length > 0) {
      migrate(flyway, schema, mark);
    }
  }

  private void refuseNewer(MigrationInfoService schema) {
    Stream<MigrationInfo> applied = Arrays.stream(schema.applied());
    Optional<MigrationInfo> foreign =
        applied.filter(migration -> !migration.getState().isResolved()).findFirst();
    if (foreign.isPresent()) {
      throw new MisconfiguredException(
          "The store was written by a newer knight (schema %s): start that one, or %s"
              .formatted(foreign.get().getVersion(), new Copies(home).wayBackTo(newest(schema))));
    }
  }

  /** The newest schema that this knight knows. */
  private static int newest(MigrationInfoService schema) {
    return Arrays.stream(schema.all())
        .filter(migration -> migration.getState().isResolved())
        .map(migration -> String.valueOf(migration.getVersion()))
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  /** A mark that is there already tells of an earlier try, which was undone. */
  private void migrate(Flyway flyway, MigrationInfoService schema, MigrationMark mark) {
    if (!mark.isSet()) {
      mark.set(
          Optional.ofNullable(schema.current())
              .map(current -> backups.beforeMigration(String.valueOf(current.getVersion()))));
    }
    try {
      ledger.alone(flyway::migrate);
    } catch (FlywayException failed) {
      throw new MisconfiguredException(
          "The store could not be brought to this knight's schema and stays as it was: start the"
              + " knight that wrote it, and report this",
          failed);
    }
  }
}

package dev.knight.store;

import dev.knight.home.KnightHome;
import dev.knight.job.Backups;
import dev.knight.job.MisconfiguredException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Copies of the store that serves: one a day, one before each migration, and by hand. */
@Singleton
final class StoreBackups implements Backups {
  private static final Logger LOG = Logger.getLogger(StoreBackups.class);

  private final Ledger ledger;
  private final Connections connections;
  private final KnightHome home;
  private final InstantSource clock;
  private final Copies copies;

  StoreBackups(Ledger ledger, Connections connections, KnightHome home, InstantSource clock) {
    this.ledger = ledger;
    this.connections = connections;
    this.home = home;
    this.clock = clock;
    this.copies = new Copies(home);
  }

  @Override
  public Path make() {
    Instant now = clock.instant();
    copies.thinOut(now);
    return made(copies.byHand(now));
  }

  @Override
  public void daily() {
    Instant now = clock.instant();
    if (copies.isOneOfToday(now)) {
      return;
    }
    try {
      LOG.infof("The store's copy of the day is %s", made(copies.daily(now)));
      copies.thinOut(now);
    } catch (MisconfiguredException unwritable) {
      LOG.warnf("The store has no copy of this day: %s", unwritable.getMessage());
    }
  }

  /** Makes the copy to go back to if the migration from schema {@code version} fails. */
  Path beforeMigration(String version) {
    Instant now = clock.instant();
    Path copy = made(copies.ofSchema(version, now));
    copies.thinOut(now);
    return copy;
  }

  /** A full disk of the copies is no failure of the store. */
  private Path made(Path copy) {
    return ledger.alone(() -> {
      try {
        home.make(home.backups());
        return connections.use(connection -> {
          Script.write(connection, copy);
          return copy;
        });
      } catch (SQLException unreadable) {
        throw new IllegalStateException("The store cannot be read for its backup", unreadable);
      } catch (IOException unwritable) {
        throw new MisconfiguredException(
            "%s cannot be written: check that it is yours and that its disk has room"
                .formatted(copy),
            unwritable);
      }
    });
  }
}

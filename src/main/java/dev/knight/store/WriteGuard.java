package dev.knight.store;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Refuses, before it reaches the database, each statement that writes without the write lock. */
@PersistenceUnitExtension
@Singleton
final class WriteGuard implements StatementInspector {
  private final transient Ledger ledger;

  WriteGuard(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public String inspect(String sql) {
    if (!ledger.isWriting() && writes(sql.strip().toLowerCase(Locale.ROOT))) {
      throw new IllegalStateException("A write outside of Ledger.write: " + sql);
    }
    return sql;
  }

  /** A row lock and a sequence's next number change the file as much as an insert does. */
  private static boolean writes(String sql) {
    boolean reads = sql.startsWith("select") || sql.startsWith("with");
    return !reads
        || sql.contains(" for update")
        || sql.contains("next value for")
        || sql.contains("nextval");
  }
}

package dev.knight.store;

import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Questions and commands that H2 and PostgreSQL both understand, each in the transaction that its
 * thread is in. Nothing from outside is in the text of one: a question mark stands for each value.
 * An empty {@link Optional} is null there, an enum its name, a time has whole microseconds.
 */
@Singleton
final class Sql {
  private final Session session;

  Sql(Session session) {
    this.session = session;
  }

  /** What one row of an answer becomes. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Row row) throws SQLException;
  }

  /** All rows that {@code question} asks for. */
  <T> List<T> list(Reading<T> reading, String question, Object... values) {
    return answer(
        0,
        question,
        values,
        rows -> {
          List<T> found = new ArrayList<>();
          while (rows.next()) {
            found.add(reading.of(new Row(rows)));
          }
          return List.copyOf(found);
        });
  }

  /** The first of them. */
  <T> Optional<T> first(Reading<T> reading, String question, Object... values) {
    return answer(
        1,
        question,
        values,
        rows -> rows.next() ? Optional.of(reading.of(new Row(rows))) : Optional.empty());
  }

  /** Whether {@code question} has an answer. */
  boolean is(String question, Object... values) {
    return answer(1, question, values, ResultSet::next);
  }

  /** The one number that {@code question} asks for. */
  long number(String question, Object... values) {
    return answer(1, question, values, rows -> rows.next() ? rows.getLong(1) : 0L);
  }

  /** Does {@code command}: how many rows it has changed. */
  int change(String command, Object... values) {
    return done(0, command, values, PreparedStatement::executeUpdate);
  }

  /** Adds a row of {@code cells} to {@code table}. */
  void insert(String table, Cells cells) {
    change(
        "insert into " + table + " (" + columns(cells) + ") values (" + marks(cells) + ")",
        cells.values().toArray());
  }

  /** The same with the next number of the table's sequence for its {@code id}. */
  void add(String table, Cells cells) {
    String id = "nextval('" + table + "_seq')";
    change(
        "insert into "
            + table
            + " (id, "
            + columns(cells)
            + ") values ("
            + id
            + ", "
            + marks(cells)
            + ")",
        cells.values().toArray());
  }

  private static String columns(Cells cells) {
    return String.join(", ", cells.names());
  }

  private static String marks(Cells cells) {
    return marks(cells.names().size());
  }

  /** Writes {@code cells} into those rows of {@code table} for which {@code condition} holds. */
  int update(String table, Cells cells, String condition, Object... values) {
    List<Object> all = new ArrayList<>(cells.values());
    Collections.addAll(all, values);
    return change(
        "update "
            + table
            + " set "
            + String.join(" = ?, ", cells.names())
            + " = ? where "
            + condition,
        all.toArray());
  }

  /** Writes {@code cells} into the one row of {@code table} that has {@code key}, or adds it. */
  void put(String table, Cells key, Cells cells) {
    String condition = String.join(" = ? and ", key.names()) + " = ?";
    if (update(table, cells, condition, key.values().toArray()) == 0) {
      insert(table, cells.and(key));
    }
  }

  /** So many question marks, for {@code in (…)}. */
  static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** Something of {@code job} was written. */
  void touched(JobId job) {
    session.touched(job);
  }

  private interface Work<S, T> {
    T on(S subject) throws SQLException;
  }

  private <T> T answer(int most, String question, Object[] values, Work<ResultSet, T> work) {
    return done(
        most,
        question,
        values,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return work.on(rows);
          }
        });
  }

  /**
   * @param most how many rows are wanted; 0 for all
   */
  private <T> T done(int most, String text, Object[] values, Work<PreparedStatement, T> work) {
    refuseUnlessAllowed(text);
    try {
      PreparedStatement statement = session.prepared(text);
      statement.setMaxRows(most);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, cell(values[i]));
      }
      T result = work.on(statement);
      statement.clearParameters(); // which may be long
      return result;
    } catch (SQLException failure) {
      throw new IllegalStateException("The store did not do what it was told", failure);
    }
  }

  /** Before it reaches the database: nothing is written without the write lock. */
  private void refuseUnlessAllowed(String text) {
    if (!session.isWriting() && writes(text.strip().toLowerCase(Locale.ROOT))) {
      throw new IllegalStateException("A write outside of Ledger.write: " + text);
    }
  }

  /** A row lock and a sequence's next number change the file as much as an insert does. */
  private static boolean writes(String text) {
    boolean reads =
        text.startsWith("select") || text.startsWith("(select") || text.startsWith("with");
    return !reads
        || text.contains(" for update")
        || text.contains("next value for")
        || text.contains("nextval");
  }

  private static @Nullable Object cell(Object value) {
    return switch (value) {
      case Optional<?> maybe -> maybe.isPresent() ? cell(maybe.get()) : null;
      case OptionalLong maybe -> maybe.isPresent() ? maybe.getAsLong() : null;
      case Instant time -> Columns.time(time).atOffset(ZoneOffset.UTC);
      case Enum<?> word -> word.name();
      case JobId job -> job.value();
      default -> value;
    };
  }
}

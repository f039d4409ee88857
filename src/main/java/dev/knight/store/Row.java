package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One row of an answer, for as long as it is read. What every row has is asked for by its type, and
 * is a bug or a foreign file where it is missing.
 */
record Row(ResultSet cells) {
  String text(String column) throws SQLException {
    return there(column, cells.getString(column));
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(cells.getString(column));
  }

  /** One of {@code words}, by its name. */
  <E extends Enum<E>> E word(Class<E> words, String column) throws SQLException {
    return Enum.valueOf(words, text(column));
  }

  long number(String column) throws SQLException {
    return cells.getLong(column);
  }

  OptionalLong maybeNumber(String column) throws SQLException {
    long number = cells.getLong(column);
    return cells.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** The job that it names, if it names one. */
  Optional<JobId> maybeJob(String column) throws SQLException {
    OptionalLong job = maybeNumber(column);
    return job.isPresent() ? Optional.of(new JobId(job.getAsLong())) : Optional.empty();
  }

  /** The issue or pull request that it is about. */
  Subject subject() throws SQLException {
    return new Subject(RepositoryName.parse(text("repository")), number("issue_number"));
  }

  int count(String column) throws SQLException {
    return cells.getInt(column);
  }

  boolean flag(String column) throws SQLException {
    return cells.getBoolean(column);
  }

  BigDecimal money(String column) throws SQLException {
    return Columns.money(there(column, cells.getBigDecimal(column)));
  }

  LocalDate day(String column) throws SQLException {
    return there(column, cells.getObject(column, LocalDate.class));
  }

  Instant time(String column) throws SQLException {
    return there(column, cells.getObject(column, OffsetDateTime.class)).toInstant();
  }

  Optional<Instant> maybeTime(String column) throws SQLException {
    return Optional.ofNullable(cells.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static <T> T there(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("A row of the store has no " + column);
    }
    return value;
  }
}

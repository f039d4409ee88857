package dev.knight.store;

import dev.knight.home.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Remembers beside the store the highest number that a job had. A file that lost a part may open as
 * what it was long ago, or as nothing at all: H2 goes back to the newest state that it can read.
 *
 * @param file the memory
 */
record HighWater(Path file) {
  /** That of the store in {@code store}. */
  static HighWater of(Path store) {
    return new HighWater(store.resolveSibling("jobs"));
  }

  /** What is wrong with the store behind {@code connection}, if it has gone back. */
  Optional<String> lost(Connection connection) {
    long before = read();
    long now = highest(connection);
    return now < before
        ? Optional.of("it knows of jobs up to %d, and there were %d".formatted(now, before))
        : Optional.empty();
  }

  /** Remembers where the store behind {@code connection} stands. */
  void note(Connection connection) {
    note(highest(connection));
  }

  /** Remembers {@code now}, up to which the store keeps its jobs whatever happens. */
  void note(long now) {
    if (now == read()) {
      return;
    }
    try {
      byte[] number = Long.toString(now).getBytes(StandardCharsets.US_ASCII);
      WholeFile.write(file, to -> to.write(number));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The highest number that is remembered; 0 if none is, or none that can be read. */
  long read() {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The highest number of a job in the store behind {@code connection}; 0 if it has none. */
  static long highest(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      return number(
                  statement,
                  "select count(*) from information_schema.tables where table_name = 'JOB'")
              == 0
          ? 0
          : number(statement, "select coalesce(max(id), 0) from job");
    } catch (SQLException unreadable) {
      throw new IllegalStateException("The store does not say what jobs it has", unreadable);
    }
  }

  private static long number(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}

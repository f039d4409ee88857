package dev.knight.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * A store as an earlier knight left it. For each schema {@code migration/VNNN.sql} among the test
 * resources, if there is one, adds rows when the store has just come to schema NNN.
 *
 * @param file the store, without the ending that H2 adds
 */
record OldStore(Path file) {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Path FIXTURES = Path.of("src/test/resources/migration");

  /** Every schema that there ever was, oldest first. */
  static List<String> schemas() {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A new store in {@code home}, of {@code schema} and full of rows. */
  static OldStore make(Path home, String schema) {
    OldStore store = new OldStore(home.resolve("store/knight"));
    try {
      Files.createDirectories(home.resolve("store"));
      for (String version : schemas()) {
        if (version.compareTo(schema) <= 0) {
          store.migrate(version);
          store.fill(FIXTURES.resolve("V" + version + ".sql"));
        }
      }
      store.close();
      return store;
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Brings it to {@code schema}. */
  void migrate(String schema) {
    Flyway.configure()
        .dataSource(StoreUrl.of(file), "", "")
        .locations("filesystem:" + MIGRATIONS)
        .target(schema)
        .load()
        .migrate();
  }

  /** All rows of all tables, each by its columns. */
  Map<String, List<Map<String, String>>> rows() throws SQLException {
    Map<String, List<Map<String, String>>> all = new TreeMap<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              "select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                  + " and table_name <> 'flyway_schema_history'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        all.put(table, rows(statement, table));
      }
    }
    return all;
  }

  /** What its indexes say of it. */
  Optional<String> disagreement() throws SQLException {
    try (Connection connection = open()) {
      return Engine.of(connection).disagreement();
    }
  }

  void close() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown");
    }
  }

  private static List<Map<String, String>> rows(Statement statement, String table)
      throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("select * from " + table + " order by 1")) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          values.put(columns.getColumnName(i), String.valueOf(row.getString(i)));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private void fill(Path fixture) throws IOException, SQLException {
    if (Files.exists(fixture)) {
      try (Connection connection = open();
          Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(fixture));
      }
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(StoreUrl.of(file));
  }
}

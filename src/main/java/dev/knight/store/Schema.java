package dev.knight.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema of a store, as Flyway notes it there. */
final class Schema {
  /** That of this knight: the newest migration that there is. */
  static final String NEWEST = "025";

  private Schema() {}

  /** The newest migration that the store behind {@code connection} has had, or {@code none}. */
  static String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return text(
                  statement,
                  """
                  select table_name from information_schema.tables
                  where table_name = 'flyway_schema_history'
                  """)
              .isEmpty()
          ? "none"
          : text(
              statement,
              """
              select "version" from "flyway_schema_history"
              where "success" = true order by "installed_rank" desc limit 1
              """);
    }
  }

  private static String text(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}

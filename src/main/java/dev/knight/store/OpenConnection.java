package dev.knight.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A connection, and all that was said on it, parsed. H2 would remember that, too, but it looks
 * through what it remembers at each change, and learns the names of an answer's columns anew each
 * time. Of one thread at a time.
 */
final class OpenConnection {
  /** More than knight has to say; a question with a list in it has one text for each length. */
  private static final int MOST_TEXTS = 200;

  private final Connection connection;
  private final SequencedMap<String, PreparedStatement> said = new LinkedHashMap<>(16, 0.75f, true);

  OpenConnection(Connection connection) {
    this.connection = connection;
  }

  /** To be used for what is not said with {@link #prepared}. */
  Connection connection() {
    return connection;
  }

  /** The statement that says {@code text}; it is closed with the connection. */
  PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement known = said.get(text);
    return known == null ? parsed(text) : known;
  }

  private PreparedStatement parsed(String text) throws SQLException {
    if (said.size() >= MOST_TEXTS) {
      said.pollFirstEntry().getValue().close();
    }
    PreparedStatement statement = connection.prepareStatement(text);
    said.put(text, statement);
    return statement;
  }

  /** What follows is one transaction. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** From now on each statement is a transaction of its own again; what was before is committed. */
  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** What was not committed is undone. */
  void close() throws SQLException {
    connection.close();
  }
}

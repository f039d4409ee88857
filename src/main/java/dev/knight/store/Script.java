package dev.knight.store;

import dev.knight.home.WholeFile;
import dev.knight.job.MisconfiguredException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.h2.message.DbException;
import org.h2.tools.RunScript;

/**
 * A store as a file of SQL under gzip: every version of H2 can read it, it has no damage that an
 * index or a page had, and its checksum finds what happened to it later.
 */
final class Script {
  private static final String FIRST_LINE = "-- a backup of knight's store, 1";

  private Script() {}

  /**
   * Makes {@code file} out of all that {@code connection} sees. Nobody may write meanwhile.
   *
   * @throws SQLException if the store cannot be read
   * @throws IOException if the file cannot be written
   */
  static void write(Connection connection, Path file) throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("script simple nopasswords nosettings")) {
      WholeFile.write(file, to -> write(lines, to));
    }
  }

  /**
   * Fills the empty store behind {@code connection} with what {@code file} holds.
   *
   * @throws MisconfiguredException if it is no backup, or not a whole one
   */
  static void read(Path file, Connection connection) {
    try (Reader reader = open(file)) {
      connection.setAutoCommit(false);
      RunScript.execute(connection, reader);
      connection.commit();
    } catch (EOFException | ZipException other) {
      throw notABackup(file, other);
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "%s cannot be read: check that it is there and yours".formatted(file), unreadable);
    } catch (SQLException | DbException broken) {
      throw new MisconfiguredException(
          "%s is damaged, or its disk is full: nothing was changed; take another backup, or make room"
              .formatted(file),
          broken);
    }
  }

  private static void write(ResultSet lines, OutputStream to) throws IOException {
    GZIPOutputStream zip = new GZIPOutputStream(to);
    BufferedWriter text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
    text.write(FIRST_LINE + "\n");
    try {
      while (lines.next()) {
        text.write(lines.getString(1) + "\n");
      }
    } catch (SQLException unreadable) {
      throw new IllegalStateException("The store cannot be read for its backup", unreadable);
    }
    text.flush();
    zip.finish();
  }

  /** Behind its first line, without which no SQL of it is run. */
  private static Reader open(Path file) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    String first = reader.readLine();
    if (!FIRST_LINE.equals(first)) {
      reader.close();
      throw notABackup(file, new IOException("It begins with other words"));
    }
    return reader;
  }

  private static MisconfiguredException notABackup(Path file, IOException cause) {
    return new MisconfiguredException(
        "%s is not a backup that this knight can read: name one that knight backup made"
            .formatted(file),
        cause);
  }
}

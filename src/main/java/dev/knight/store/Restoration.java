package dev.knight.store;

import static java.util.Objects.requireNonNull;

import dev.knight.home.KnightHome;
import dev.knight.home.WholeFile;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a backup in the place of the store, while no knight holds the home. The new store is built
 * aside and takes the old one's name in one step, so that a process that is killed meanwhile leaves
 * one of the two, whole.
 */
public final class Restoration {
  /** Two blocks of header: what is shorter was never a store. */
  private static final long SHORTEST = 2 * 4096L;

  private static final Pattern JOB = Pattern.compile("(\\d{1,18})([.-].*)?");

  private final KnightHome home;
  private final Path store;
  private final MigrationMark mark;

  /**
   * @param store the store's file, without the ending that H2 adds
   */
  public Restoration(KnightHome home, Path store) {
    this.home = home;
    this.store = store;
    this.mark = MigrationMark.of(store);
  }

  /**
   * What was restored.
   *
   * @param jobs how many jobs the store has now
   * @param kept where the old store lies, if there was one
   */
  public record Restored(long jobs, Optional<Path> kept) {}

  /**
   * Makes the store what {@code backup} says, and keeps the old one beside it.
   *
   * @throws MisconfiguredException if it is no backup that can be read; then nothing was changed
   */
  public Restored restore(Path backup, Instant now) {
    try {
      home.make(requireNonNull(store.getParent()));
      long jobs = build(backup);
      Optional<Path> kept = keep(now);
      // Before the last step: what the mark would bring back is not wanted any more.
      mark.remove();
      HighWater.of(store).forget();
      replace();
      return new Restored(jobs, kept);
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be restored to: check that it is yours and that its disk has room"
              .formatted(store.getParent()),
          unwritable);
    }
  }

  /**
   * Looks at the store before it is opened. A migration that did not come to its end is undone, so
   * that the next one begins with what the first one found.
   *
   * @throws MisconfiguredException if H2 would take a damaged file for a new store
   */
  public void prepare() {
    try {
      if (mark.isSet()) {
        undoMigration();
      }
      if (Files.exists(file()) && Files.size(file()) < SHORTEST) {
        throw StoreFailure.damaged(
            "%s is only %d bytes long".formatted(file(), Files.size(file())), home);
      }
      HighWater jobs = HighWater.of(store);
      if (!Files.exists(file()) && jobs.read() > 0) {
        throw StoreFailure.damaged(
            "%s is gone, and there were %d jobs in it (to begin anew, remove %s)"
                .formatted(file(), jobs.read(), jobs.file()),
            home);
      }
    } catch (IOException unusable) {
      throw new MisconfiguredException(
          "%s cannot be used: check that it is yours and that its disk has room"
              .formatted(store.getParent()),
          unusable);
    }
  }

  private void undoMigration() throws IOException {
    Optional<Path> copy = mark.copy();
    if (copy.isPresent()) {
      build(copy.get());
      replace();
    } else {
      Files.deleteIfExists(file());
    }
  }

  /** A new store with all that {@code backup} holds, looked through and on the disk. */
  private long build(Path backup) throws IOException {
    Path draft = withEnding(draft());
    Files.deleteIfExists(draft);
    // H2 keeps the mode of a file that is there.
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (Connection connection = DriverManager.getConnection(StoreUrl.of(draft()))) {
      Script.read(backup, connection);
      Optional<String> wrong = Engine.of(connection).disagreement();
      if (wrong.isPresent()) {
        throw new MisconfiguredException("%s is damaged: %s".formatted(backup, wrong.get()));
      }
      long jobs = skipUsedNumbers(connection);
      execute(connection, "shutdown compact");
      WholeFile.sync(draft);
      return jobs;
    } catch (SQLException failed) {
      throw new MisconfiguredException(
          "%s could not be read into a store: nothing was changed; take another backup, or make room"
              .formatted(backup),
          failed);
    }
  }

  /**
   * A job that came after the backup has left files, under a number that no other job may have.
   *
   * @return how many jobs there are
   */
  private long skipUsedNumbers(Connection connection) throws SQLException, IOException {
    if (!has(connection, "select 1 from information_schema.tables where table_name = 'JOB'")) {
      return 0;
    }
    long highest = number(connection, "select coalesce(max(id), 0) from job");
    for (Path directory : directories()) {
      highest = Math.max(highest, highest(directory));
    }
    skipTo(highest, connection);
    connection.commit();
    return number(connection, "select count(*) from job");
  }

  private static void skipTo(long highest, Connection connection) throws SQLException {
    if (has(
        connection, "select 1 from information_schema.tables where table_name = 'JOB_NUMBER'")) {
      execute(
          connection, "update job_number set newest = %1$d where newest < %1$d".formatted(highest));
      return;
    }
    // It is of a schema before 23.
    long next =
        number(
            connection,
            "select base_value from information_schema.sequences where sequence_name = 'JOB_SEQ'");
    if (highest >= next) {
      execute(connection, "alter sequence job_seq restart with " + (highest + 1));
    }
  }

  private List<Path> directories() {
    return List.of(
        home.root().resolve("worktrees"),
        home.root().resolve("sessions"),
        home.root().resolve("recordings"),
        home.run());
  }

  private static long highest(Path directory) throws IOException {
    long highest = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Matcher job = JOB.matcher(String.valueOf(entry.getFileName()));
        highest = job.matches() ? Math.max(highest, Long.parseLong(job.group(1))) : highest;
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return 0;
    }
    return highest;
  }

  /** Under a second name, so that the store has its own until the new one takes it. */
  private Optional<Path> keep(Instant now) throws IOException {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    Path kept = store.resolveSibling(store.getFileName() + "-before-" + time + ".mv.db");
    Files.deleteIfExists(kept);
    try {
      Files.createLink(kept, file());
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(file(), kept, StandardCopyOption.COPY_ATTRIBUTES);
      WholeFile.sync(kept);
    }
    return Optional.of(kept);
  }

  private void replace() throws IOException {
    Files.move(withEnding(draft()), file(), StandardCopyOption.ATOMIC_MOVE);
    WholeFile.sync(requireNonNull(store.getParent()));
  }

  private Path file() {
    return withEnding(store);
  }

  private Path draft() {
    return store.resolveSibling(store.getFileName() + "-restoring");
  }

  private static Path withEnding(Path file) {
    return file.resolveSibling(file.getFileName() + ".mv.db");
  }

  private static boolean has(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next();
    }
  }

  private static long number(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}

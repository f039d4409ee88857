package dev.knight.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A process that {@link StoreKillTest} kills: the store's lock, its sync and its compaction,
 * without the framework around them, written by several threads as fast as it goes. Each thread
 * counts in a row of its own and adds a row for each number and a job; it prints {@code THREAD
 * NUMBER .} when the store has confirmed it.
 */
final class CountingWriter {
  static final int THREADS = 4;

  /** So many of its newest numbers a thread keeps. */
  static final int KEPT = 200;

  /** Small enough that the file is compacted every few hundred writes. */
  private static final long SMALL = 128 << 10;

  private static final List<String> TABLES =
      List.of(
          "create table if not exists counter (id bigint not null primary key, n bigint not null,"
              + " low bigint not null)",
          "create table if not exists entry (id bigint not null primary key, counter bigint not null,"
              + " n bigint not null, text varchar(4000) not null,"
              + " constraint entry_once unique (counter, n))",
          "create index if not exists entry_text on entry (text)",
          "create table if not exists job (id bigint not null primary key)");

  /** How it ends when its store is dead, as the service does. */
  static final int DEAD = 3;

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final Connections connections;
  private final Ledger ledger;
  private final Sql sql;
  private final StoreFile file;

  private CountingWriter(Path home) {
    StoreWatch watch = new StoreWatch(() -> Runtime.getRuntime().halt(DEAD));
    this.connections = new Connections(watch, StoreUrl.of(home, Optional.empty()));
    this.ledger = new Ledger(watch, connections);
    this.sql = new Sql(ledger);
    this.file = new StoreFile(ledger, connections, SMALL);
  }

  /** {@code args}: the home. Never ends by itself, but with its parent. */
  public static void main(String[] args) throws Exception {
    Thread.ofPlatform().daemon().start(CountingWriter::endWithTheParent);
    CountingWriter writer = new CountingWriter(Path.of(args[0]));
    writer.make();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      threads.invokeAny(IntStream.range(0, THREADS).mapToObj(writer::counting).toList());
    }
  }

  private static void endWithTheParent() {
    try {
      System.in.read();
    } catch (IOException gone) {
      System.err.println(gone);
    }
    Runtime.getRuntime().halt(1);
  }

  private void make() throws SQLException {
    ledger.savesBy(
        connections.use(connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
              statement.execute(table);
            }
            for (int id = 0; id < THREADS; id++) {
              statement.execute(
                  "insert into counter select %1$d, 0, 0 where not exists (select 1 from counter where id = %1$d)"
                      .formatted(id));
            }
          }
          return Engine.of(connection).takeSaves();
        }));
  }

  private Callable<Void> counting(int thread) {
    return () -> {
      long number = ledger.read(() -> sql.number("select n from counter where id = ?", thread));
      while (!Thread.currentThread().isInterrupted()) {
        number++;
        count(thread, number);
        out.write("%d %d .\n".formatted(thread, number).getBytes(StandardCharsets.UTF_8));
      }
      return null;
    };
  }

  private void count(long thread, long number) {
    long low = Math.max(0, number - KEPT);
    ledger.write(() -> {
      sql.change("update counter set n = ?, low = ? where id = ?", number, low, thread);
      sql.change(
          "insert into entry values (? * 1000000000 + ?, ?, ?, repeat(random_uuid(), 20))",
          thread,
          number,
          thread,
          number);
      sql.change("delete from entry where counter = ? and n <= ?", thread, low);
      sql.change("insert into job select coalesce(max(id), 0) + 1 from job");
      return sql.change("delete from job where id <= (select max(id) from job) - ?", KEPT);
    });
    file.grown();
    if (number % 16 == 0) {
      file.sync();
    }
  }
}

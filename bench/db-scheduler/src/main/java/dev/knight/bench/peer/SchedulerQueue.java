package dev.knight.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** Jobs that do nothing, by db-scheduler on an H2 file whose commits are written at once. */
public final class SchedulerQueue {
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name varchar(100), task_instance varchar(100), task_data blob,
        execution_time timestamp with time zone, picked boolean, picked_by varchar(50),
        last_success timestamp with time zone, last_failure timestamp with time zone,
        consecutive_failures int, last_heartbeat timestamp with time zone, version bigint,
        priority smallint, primary key (task_name, task_instance));
      create index due on scheduled_tasks (execution_time);
      create index beat on scheduled_tasks (last_heartbeat);
      """;
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final int PRODUCERS = 4;
  private static final int WORKERS = 2;

  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, Long> enqueued = new ConcurrentHashMap<>();
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;
  private volatile CountDownLatch left = new CountDownLatch(0);

  private SchedulerQueue(DataSource database) {
    task =
        Tasks.oneTime("noop")
            .execute((instance, context) -> {
              started.put(instance.getId(), System.nanoTime());
              left.countDown();
            });
    scheduler =
        Scheduler.create(database, task)
            .threads(WORKERS)
            .pollingInterval(Duration.ofMillis(100))
            .enableImmediateExecution()
            .build();
  }

  /** The arguments: the file of the store, how many jobs at once, how many one by one. */
  public static void main(String... args) throws SQLException, InterruptedException {
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + args[0] + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1", "sa", "");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    new SchedulerQueue(database).run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.exit(0);
  }

  private void run(int jobs, int paced) throws InterruptedException {
    scheduler.start();
    burst(jobs); // the JVM gets warm
    double perSecond = jobs / (burst(jobs) / 1e9);
    started.clear();
    left = new CountDownLatch(paced);
    for (int made = 0; made < paced; made++) {
      enqueue();
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    left.await();
    List<Double> millis =
        started.entrySet().stream()
            .map(it -> (it.getValue() - enqueued.get(it.getKey())) / 1e6)
            .sorted()
            .toList();
    System.out.printf(
        "{\"jobs/s\": %s, \"start p50 ms\": %s, \"start p99 ms\": %s}%n",
        perSecond, millis.get((int) (paced * 0.5)), millis.get((int) (paced * 0.99)));
  }

  private long burst(int jobs) throws InterruptedException {
    left = new CountDownLatch(jobs);
    long begin = System.nanoTime();
    for (int i = 0; i < PRODUCERS; i++) {
      int mine = jobs / PRODUCERS + (i < jobs % PRODUCERS ? 1 : 0);
      Thread.ofVirtual().start(() -> IntStream.range(0, mine).forEach(_ -> enqueue()));
    }
    left.await();
    return System.nanoTime() - begin;
  }

  private void enqueue() {
    String id = Integer.toString(number.incrementAndGet());
    enqueued.put(id, System.nanoTime());
    scheduler.schedule(task.instance(id), Instant.now());
  }
}

package dev.knight.bench;

import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.store.StoreUrl;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Jobs that do nothing, through the store of the packaged program as it is in production: accepted,
 * claimed, finished. Nothing else of the program runs.
 */
public final class KnightQueue implements QuarkusApplication {
  /** What the JVM that runs it is told. */
  static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED");

  private static final RepositoryName REPOSITORY = new RepositoryName("ada", "greet");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final int PRODUCERS = 4;
  private static final int WORKERS = 2;

  private final AtomicInteger number = new AtomicInteger();
  private final Map<Long, Long> enqueued = new ConcurrentHashMap<>();
  private final Map<Long, Long> started = new ConcurrentHashMap<>();

  /**
   * Runs in the home that the environment names.
   *
   * @param args {@code accept N}, which says of each when it is accepted, or {@code run N PACED}
   */
  public static void main(String... args) {
    boot(KnightQueue.class, args);
  }

  /** Runs {@code program} with the store of the home that the environment names. */
  static void boot(Class<? extends QuarkusApplication> program, String... args) {
    Path home = Path.of(System.getenv("KNIGHT_HOME"));
    Map.of(
            "java.util.logging.manager",
            "org.jboss.logmanager.LogManager",
            "dev.knight.home",
            home.toString(),
            StoreUrl.PROPERTY,
            StoreUrl.of(home, Optional.empty()),
            "quarkus.http.host-enabled",
            "false",
            "quarkus.vertx.cache-directory",
            home.resolve("cache/bench").toString(),
            "quarkus.log.console.level",
            "ERROR")
        .forEach(System::setProperty);
    Quarkus.run(program, args);
  }

  @Override
  public int run(String... args) throws InterruptedException {
    JobStore store = Arc.container().instance(JobStore.class).get();
    int jobs = Integer.parseInt(args[1]);
    if (args[0].equals("accept")) {
      for (int i = 1; i <= jobs; i++) {
        accept(store);
        System.out.println("accepted " + i);
      }
    } else {
      int paced = Integer.parseInt(args[2]);
      Semaphore work = new Semaphore(0);
      store.onWork(work::release);
      pass(store, work, jobs, true); // the JVM gets warm
      double perSecond = jobs / (pass(store, work, jobs, true) / 1e9);
      started.clear();
      pass(store, work, paced, false);
      List<Double> millis = new ArrayList<>();
      started.forEach(
          (subject, at) -> millis.add((at - Objects.requireNonNull(enqueued.get(subject))) / 1e6));
      System.out.println(Latencies.line(perSecond, millis));
    }
    return 0;
  }

  /** Returns how many nanoseconds it took until all were finished. */
  private long pass(JobStore store, Semaphore work, int jobs, boolean isBurst)
      throws InterruptedException {
    CountDownLatch left = new CountDownLatch(jobs);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      String owner = "bench-" + i;
      workers.add(Thread.ofVirtual().start(() -> work(store, work, owner, left)));
    }
    long begin = System.nanoTime();
    if (isBurst) {
      for (int i = 0; i < PRODUCERS; i++) {
        int mine = jobs / PRODUCERS + (i < jobs % PRODUCERS ? 1 : 0);
        Thread.ofVirtual()
            .start(() -> {
              for (int made = 0; made < mine; made++) {
                accept(store);
              }
            });
      }
    } else {
      for (int made = 0; made < jobs; made++) {
        accept(store);
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    }
    left.await();
    long took = System.nanoTime() - begin;
    for (Thread worker : workers) {
      while (!worker.join(BETWEEN)) {
        work.release(); // not by an interrupt, which closes the file that the store is in
      }
    }
    return took;
  }

  private void work(JobStore store, Semaphore work, String owner, CountDownLatch left) {
    try {
      while (left.getCount() > 0) {
        work.acquire();
        work.drainPermits(); // as a service is woken: many times is once
        Optional<Job> claimed = claim(store, owner);
        while (claimed.isPresent()) {
          started.put(claimed.get().subject().number(), System.nanoTime());
          finish(store, claimed.get());
          left.countDown();
          claimed = claim(store, owner);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Job> claim(JobStore store, String owner) {
    Instant now = Instant.now();
    return store.claim(owner, now.plus(LEASE), Integer.MAX_VALUE, now);
  }

  private static void finish(JobStore store, Job job) {
    Instant now = Instant.now();
    Job finished = job.finish(new JobState.NoChange("Nothing was asked for."), now);
    store.replace(job, finished, List.of(Event.of(job.id(), now, "finished", "no-change")));
  }

  private void accept(JobStore store) {
    long subject = number.incrementAndGet();
    Instant now = Instant.now();
    Mention mention =
        new Mention(
            "hand:bench-" + subject,
            new Subject(REPOSITORY, subject),
            Mention.Source.COMMAND,
            0,
            new Person(1, "ada"),
            "Nothing",
            "Do nothing.",
            URI.create("https://github.com/ada/greet/issues/" + subject),
            now);
    enqueued.put(subject, System.nanoTime());
    store.accept(mention, now);
  }
}

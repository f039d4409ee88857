package dev.knight.bench.jmh;

import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.store.StoreUrl;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a worker asks of the store as it is in production, where it gets nothing: the one job that
 * its repository may have at a time is running. So nothing is written, and all is asked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "--add-opens=java.base/java.lang=ALL-UNNAMED"
    })
public class Claims {
  private static final RepositoryName REPOSITORY = new RepositoryName("ada", "greet");
  private static final Duration LEASE = Duration.ofDays(1);
  private static final int OVER = 1_000;

  /** The framework makes its application itself, so what that finds is handed over here. */
  private static final CompletableFuture<JobStore> STORE = new CompletableFuture<>();

  /** How many jobs wait behind the one that is running. */
  @Param({"0", "1000"})
  public int waiting;

  /** A store that is open for as long as the JVM lives. */
  public static final class Opened implements QuarkusApplication {
    @Override
    public int run(String... args) {
      STORE.complete(Arc.container().instance(JobStore.class).get());
      Quarkus.waitForExit();
      return 0;
    }
  }

  /** Opens a new store, with a thousand jobs that are over. */
  @Setup
  public void open() throws IOException {
    Path home = Files.createTempDirectory("knight-claims");
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
            home.resolve("cache").toString(),
            "quarkus.log.console.level",
            "ERROR")
        .forEach(System::setProperty);
    Thread.ofPlatform().daemon().start(() -> Quarkus.run(Opened.class));
    JobStore store = STORE.join();
    Instant now = Instant.now();
    for (int i = 1; i <= OVER; i++) {
      Job job = accept(store, i, now);
      store.replace(job, job.stop("ada", now), List.of());
    }
    Job first = accept(store, OVER + 1, now);
    store.claim(first.id(), "bench", now.plus(LEASE), now).orElseThrow();
    for (int i = 1; i <= waiting; i++) {
      accept(store, OVER + 1 + i, now);
    }
  }

  /** Ends the framework. */
  @TearDown
  public void close() {
    Quarkus.asyncExit();
  }

  /** A worker that is free looks for work. */
  @Benchmark
  public Optional<Job> nothingToClaim() {
    Instant now = Instant.now();
    return STORE.join().claim("bench", now.plus(LEASE), 1, now);
  }

  private static Job accept(JobStore store, int number, Instant now) {
    return store.accept(
        new Mention(
            "hand:bench-" + number,
            new Subject(REPOSITORY, number),
            Mention.Source.COMMAND,
            0,
            new Person(1, "ada"),
            "Nothing",
            "Do nothing.",
            URI.create("https://github.com/ada/greet/issues/" + number),
            now),
        now);
  }
}

package dev.knight.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.fake.TestClock;
import dev.knight.github.Quota;
import dev.knight.github.RequestListener;
import dev.knight.job.Failure;
import dev.knight.job.FigureStore;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedHost;
import dev.knight.job.RepositoryName;
import dev.knight.job.SpendListener;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import dev.knight.job.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetersTest {
  private final TestClock clock = TestClock.atNoon();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Told figures = new Told();
  private final World world = new World();

  @Test
  void each_step_is_timed_until_the_next_begins() {
    AttemptMeters meters = new AttemptMeters(registry, clock);
    Job job = RunningJob.at(clock.instant());

    meters.began(job);
    meters.entered(job, Step.PREPARE);
    clock.pass(Duration.ofSeconds(10));
    meters.entered(job, Step.IMPLEMENT);
    clock.pass(Duration.ofSeconds(50));
    URI pull = URI.create("https://github.com/ada/engine/pull/2");
    meters.ended(job.finish(new JobState.Done(pull, false, "made"), clock.instant()), "done");

    assertThat(seconds("prepare")).isEqualTo(10);
    assertThat(seconds("implement")).isEqualTo(50);
    assertThat(registry.get("knight.attempts").tag("outcome", "done").counter().count()).isOne();
    assertThat(registry.get("knight.pull.request.wait").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(60);
  }

  @Test
  void failures_are_counted_by_who_must_act_and_lines_by_their_kind() {
    AttemptMeters meters = new AttemptMeters(registry, clock);

    meters.failed(RunningJob.at(clock.instant()), new Failure.Bug("boom"));
    meters.told(RunningJob.at(clock.instant()), RefusedHost.EVENT);
    meters.told(RunningJob.at(clock.instant()), "a kind that nobody counts");
    meters.recovered(RunningJob.at(clock.instant()));

    assertThat(registry.get("knight.failures").tag("class", "bug").counter().count()).isOne();
    assertThat(registry.get("knight.failures").tag("class", "operator").counter().count()).isZero();
    assertThat(registry.get("knight.egress.refusals").counter().count()).isOne();
    assertThat(registry.get("knight.jobs.recovered").counter().count()).isOne();
    assertThat(registry.find("a kind that nobody counts").counter()).isNull();
  }

  @Test
  void requests_and_answers_are_counted() {
    new GitHubMeters(registry)
        .asked(RequestListener.Kind.READ, RequestListener.Result.NOT_MODIFIED);
    ModelMeters models = new ModelMeters(registry);
    models.used(new JobId(1), "small", use(100, "0.5"), Spent.NOTHING);
    models.used(
        new JobId(1), "small", new SpendListener.Use(Tokens.NONE, BigDecimal.ZERO), Spent.NOTHING);

    assertThat(
            registry
                .get("knight.github.requests")
                .tags("kind", "read", "outcome", "not-modified")
                .counter()
                .count())
        .isOne();
    assertThat(registry.get("knight.model.tokens").tags("kind", "input").counter().count())
        .isEqualTo(100);
    assertThat(registry.get("knight.model.cost").counter().count()).isEqualTo(0.5);
    assertThat(registry.get("knight.model.requests").tag("outcome", "failed").counter().count())
        .isOne();
  }

  @Test
  void what_models_cost_is_written_once_and_when_an_attempt_ends() {
    SpendBook book = new SpendBook(figures, clock);
    Job job = RunningJob.at(clock.instant());
    book.used(job.id(), "small", use(100, "0.5"), spent(100, "0.5"));
    book.used(job.id(), "small", use(10, "0.1"), spent(110, "0.6"));
    book.used(new JobId(9), "large", use(1, "1"), spent(1, "1"));

    book.ended(job, "done");
    assertThat(figures.written).containsExactly("1 {small=%s}".formatted(spent(110, "0.6")));

    assertThat(book.hasNews()).isTrue();
    book.write();
    assertThat(book.hasNews()).isFalse();
    book.write();
    assertThat(figures.written).hasSize(2).last().asString().startsWith("9 {large=");
  }

  @Test
  void what_the_store_does_not_take_is_kept_and_ends_no_attempt_badly() {
    SpendBook book = new SpendBook(figures, clock);
    Job job = RunningJob.at(clock.instant());
    book.known(job.id(), "small", spent(100, "0.5"));
    book.used(job.id(), "large", use(1, "1"), spent(1, "1"));
    figures.isFull = true;

    book.ended(job, "failed");
    assertThatThrownBy(book::write).isInstanceOf(MisconfiguredException.class);
    figures.isFull = false;
    book.write();

    assertThat(figures.written)
        .singleElement()
        .asString()
        .startsWith("1 {")
        .contains("small=" + spent(100, "0.5"), "large=" + spent(1, "1"));
  }

  @Test
  void the_store_is_asked_once_for_many_gauges() {
    new Gauges(figures, world, clock).register(registry, List.of(RunningJob.ENGINE));

    assertThat(registry.get("knight.jobs").tag("state", "queued").gauge().value()).isEqualTo(2);
    assertThat(registry.get("knight.jobs").tag("state", "failed").gauge().value()).isZero();
    assertThat(registry.get("knight.queue.age").gauge().value()).isEqualTo(30);
    assertThat(registry.get("knight.poll.age").gauge().value()).isEqualTo(5);
    assertThat(registry.get("knight.github.quota.remaining").gauge().value()).isEqualTo(4_000);
    assertThat(registry.get("knight.agent.memory").gauge().value()).isNaN();
    assertThat(figures.asked).isOne();

    clock.pass(Duration.ofSeconds(6));
    assertThat(registry.get("knight.queue.age").gauge().value()).isEqualTo(36);
    assertThat(figures.asked).isEqualTo(2);
  }

  @Test
  void what_takes_long_is_found_out_meanwhile() {
    List<Runnable> threads = new ArrayList<>();
    AtomicInteger counts = new AtomicInteger();
    Later<Integer> later =
        new Later<>(counts::incrementAndGet, Duration.ofMinutes(10), clock, threads::add);

    assertThat(later.get()).isEmpty();
    assertThat(later.get()).isEmpty();
    assertThat(threads).hasSize(1);
    threads.removeFirst().run();
    assertThat(later.get()).contains(1);
    assertThat(threads).isEmpty();

    clock.pass(Duration.ofMinutes(10));
    assertThat(later.get()).contains(1);
    threads.removeFirst().run();
    assertThat(later.get()).contains(2);
  }

  @Test
  void knight_is_well_until_something_is_not() {
    Wellness wellness = new Wellness(figures, world, clock);

    assertThat(wellness.storeCheck().call().getStatus()).isEqualTo(Status.UP);
    assertThat(wellness.pollerCheck().call().getStatus()).isEqualTo(Status.UP);
    assertThat(wellness.tokenCheck().call().getStatus()).isEqualTo(Status.UP);
    assertThat(wellness.diskCheck().call().getStatus()).isEqualTo(Status.UP);

    world.isTokenRefused = true;
    world.freeBytes = 1 << 20;
    world.storeTrouble = Optional.of("jdbc:h2:file:/home/ada/secret is broken");
    clock.pass(Duration.ofMinutes(11));

    Wellness ill = new Wellness(figures, world, clock);
    assertThat(ill.tokenCheck().call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(ill.diskCheck().call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(ill.pollerCheck().call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(ill.storeCheck().call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(String.valueOf(ill.storeCheck().call().getData())).doesNotContain("secret");
  }

  private double seconds(String step) {
    return registry.get("knight.step").tag("step", step).timer().totalTime(TimeUnit.SECONDS);
  }

  private static SpendListener.Use use(long tokens, String usd) {
    return new SpendListener.Use(new Tokens(tokens, 0, 0, 0), new BigDecimal(usd));
  }

  private static Spent spent(long tokens, String usd) {
    return new Spent(tokens, 0, new BigDecimal(usd));
  }

  /** A store of figures that counts who asks. */
  private final class Told implements FigureStore {
    private final Instant start = clock.instant();
    private final List<String> written = new ArrayList<>();
    private int asked;
    private boolean isFull;

    @Override
    public Census census() {
      asked++;
      return new Census(Map.of("queued", 2L), Optional.of(start.minusSeconds(30)));
    }

    @Override
    public void spent(JobId job, LocalDate day, Map<String, Spent> totals) {
      if (isFull) {
        throw new MisconfiguredException("The disk is full");
      }
      written.add(job + " " + totals);
    }

    @Override
    public List<Result> results(Instant since) {
      return List.of();
    }

    @Override
    public List<Spend> spend(LocalDate since) {
      return List.of();
    }
  }

  /** A world in which all is well at first. */
  private final class World implements Surroundings {
    private final Instant start = clock.instant();
    private boolean isTokenRefused;
    private long freeBytes = 1L << 40;
    private Optional<String> storeTrouble = Optional.empty();

    @Override
    public Map<RepositoryName, Instant> looks() {
      return Map.of(RunningJob.ENGINE, start.minusSeconds(5));
    }

    @Override
    public Optional<Instant> polled() {
      return Optional.of(start);
    }

    @Override
    public Optional<Quota> quota() {
      return Optional.of(new Quota(5_000, 4_000, start.plusSeconds(600)));
    }

    @Override
    public boolean isTokenRefused() {
      return isTokenRefused;
    }

    @Override
    public Optional<String> storeTrouble() {
      return storeTrouble;
    }

    @Override
    public OptionalLong storeBytes() {
      return OptionalLong.of(1);
    }

    @Override
    public OptionalLong worktreeBytes() {
      return OptionalLong.of(1);
    }

    @Override
    public OptionalLong freeBytes() {
      return OptionalLong.of(freeBytes);
    }

    @Override
    public OptionalLong agentBytes() {
      return OptionalLong.empty();
    }

    @Override
    public int agents() {
      return 0;
    }
  }
}

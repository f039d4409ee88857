package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.Agent;
import dev.knight.attempt.AttemptInSimulation;
import dev.knight.attempt.Limits;
import dev.knight.fake.FakeAgent;
import dev.knight.fake.FakeGitHub;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.NoModel;
import dev.knight.fake.TestClock;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirrors;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.AttemptListener;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.notify.Notifier;
import dev.knight.notify.NotifySettings;
import dev.knight.overlay.Overlays;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.publish.Publisher;
import dev.knight.publish.Reporter;
import dev.knight.upkeep.Upkeep;
import dev.knight.upkeep.UpkeepSettings;
import dev.knight.worker.WorkerPool;
import dev.knight.worker.WorkerSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service does between two ticks: no clock ticks here, but where one is wanted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final Duration LEASE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private final TestClock clock = TestClock.atNoon();
  private final MemoryJobStore store = new MemoryJobStore();
  private final CountDownLatch chore = new CountDownLatch(1);
  private final BlockingQueue<Runnable> attempts = new LinkedBlockingQueue<>();
  private Service service;

  @BeforeEach
  void a_service() {
    service = ticked(Duration.ofDays(1));
  }

  private Service ticked(Duration pace) {
    KnightHome home = new KnightHome(directory);
    FakeGitHub github = new FakeGitHub(clock, () -> Duration.ZERO);
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    Overlays overlays = new Overlays(home, false);
    Mirrors mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), clock);
    UpkeepSettings retention = new UpkeepSettings(Duration.ofDays(14), Long.MAX_VALUE);
    Upkeep upkeep = new Upkeep(home, store, mirrors, retention, clock);
    Loop chores = new Loop("chores", () -> true, chore::countDown);
    Agent agent = new FakeAgent(ServiceTest::thinks).at((conversation, key) -> {});
    WorkerPool workers =
        new WorkerPool(
            store,
            AttemptInSimulation.of(
                github,
                store,
                mirrors,
                agent,
                new NoModel(),
                (command, where) -> true,
                new Publisher(
                    github, store, outgoing, PublishSettings.standard(), clock, wait -> {}),
                new Limits(LEASE, BigDecimal.TEN, LEASE, 2, 3),
                home,
                clock,
                new Random(1)),
            new WorkerSettings(2, 2, "knight"),
            clock,
            new Random(1),
            attempts::add,
            AttemptListener.NONE);
    return new Service(
        github,
        agent,
        overlays,
        store,
        workers,
        new Reporter(github, store, outgoing, PublishSettings.standard(), clock),
        new Lull(store),
        () -> new Lookouts(silent(), List.of()),
        () -> new Chores(upkeep, List.of(chores)),
        new Ticker(pace, pace));
  }

  private Notifier silent() {
    NotifySettings nobody =
        new NotifySettings(Set.of(), Optional.empty(), Optional.empty(), "knight/test");
    return new Notifier(store, nobody, Map.of(), new Redactor(new KnownSecrets()), clock);
  }

  @Test
  void what_an_earlier_service_left_running_goes_on_at_once() throws Exception {
    Job left = accept(1);
    assertThat(store.claim("earlier", clock.instant().plus(LEASE), 1, clock.instant())).isPresent();

    service.start();

    assertThat(attempts.poll(5, TimeUnit.MINUTES)).isNotNull();
    assertThat(store.find(left.id()).orElseThrow())
        .satisfies(job -> assertThat(job.attempt()).isEqualTo(1))
        .satisfies(job -> assertThat(((Running) job.state()).lease().owner()).contains("knight"));
  }

  @Test
  void a_job_that_comes_later_is_begun_when_it_comes() throws Exception {
    service.start();

    Job job = accept(1);

    assertThat(attempts.poll(5, TimeUnit.MINUTES)).isNotNull();
    assertThat(store.find(job.id()).orElseThrow().state()).isInstanceOf(Running.class);
  }

  @Test
  void what_is_done_seldom_waits_until_it_has_begun() throws Exception {
    Service prompt = ticked(Duration.ofMillis(1));
    assertThat(chore.getCount()).isOne();

    prompt.start();

    assertThat(chore.await(5, TimeUnit.MINUTES)).isTrue();
    prompt.end(false);
  }

  private Job accept(long issue) {
    return store.accept(
        new Mention(
            "n" + issue,
            new Subject(ENGINE, issue),
            Mention.Source.COMMAND,
            issue,
            new Person(1, "ada"),
            "Greet",
            "fix it",
            URI.create("https://github.com/ada/engine/issues/" + issue),
            clock.instant()),
        clock.instant());
  }

  private static FakeAgent.Plan thinks(String conversation, String key) {
    throw new AssertionError("no attempt runs here");
  }
}

package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.BackupView;
import dev.knight.api.CheckView;
import dev.knight.api.ConventionView;
import dev.knight.api.DiffView;
import dev.knight.api.DiffView.FileChange;
import dev.knight.api.EffectView;
import dev.knight.api.EnqueueRequest;
import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.api.KnightApi;
import dev.knight.api.MemoryApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.Notices;
import dev.knight.api.ProposalView;
import dev.knight.api.RestoreView;
import dev.knight.api.RuleRequest;
import dev.knight.api.SetbacksView;
import dev.knight.api.StatsRow;
import dev.knight.api.StatsView;
import dev.knight.api.SteerRequest;
import dev.knight.api.TriedNotice;
import dev.knight.api.UsedView;
import dev.knight.api.WrongStateException;
import dev.knight.doctor.Check;
import dev.knight.doctor.Result;
import dev.knight.fake.FakeSystemd;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.IssueUrl;
import dev.knight.job.JobQuery;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.UnavailableException;
import dev.knight.setup.Answers;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A program with two jobs, 7 (done) and 12 (running), that remembers what it was asked. */
final class FakeProgram implements Program, KnightApi, MemoryApi {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<JobQuery> queries = new CopyOnWriteArrayList<>();

  /** What is listed; a test may change it while somebody looks on. */
  final List<JobView> jobs =
      new CopyOnWriteArrayList<>(List.of(job(12, "running"), job(7, "done")));

  final List<Result> findings = new ArrayList<>();
  private final KnightHome home;
  private final FakeSystemd systemd;
  private boolean serving;

  /** Whether its service is away for a while. */
  volatile boolean away;

  FakeProgram(Path home) {
    this.home = new KnightHome(home);
    this.systemd = new FakeSystemd(home.resolve("machine"));
  }

  static JobView job(long id, String state) {
    boolean isDone = state.equals("done");
    return new JobView(
        id,
        "ada/engine",
        40 + id,
        "Engine stalls",
        "implement",
        state,
        state.equals("needs-you") ? Optional.of("Shall the pump stop, too?") : Optional.empty(),
        state.equals("needs-you") ? Optional.of("answer") : Optional.empty(),
        state.equals("running") ? Optional.of("review") : Optional.empty(),
        1,
        "ada",
        isDone
            ? Optional.of(URI.create("https://github.com/ada/engine/pull/50"))
            : Optional.empty(),
        new BigDecimal("0.1250"),
        AT,
        AT.plusSeconds(60));
  }

  @Override
  public Notices notices() {
    return () -> {
      asked.add("notices");
      return List.of(
          new TriedNotice("the webhook at hooks.example", true, "A test was sent"),
          new TriedNotice(
              "the command /x", false, "the command /x ended with code 1: \u001b[31mno"));
    };
  }

  @Override
  public MemoryApi memory() {
    return this;
  }

  @Override
  public List<ConventionView> conventions(@Nullable String repository) {
    asked.add("memory " + repository);
    return List.of(convention("candidate", "Tests use AssertJ.\u001b[31m"));
  }

  @Override
  public ConventionView confirm(long id) {
    asked.add("confirm " + id);
    return convention("confirmed", "Tests use AssertJ.");
  }

  @Override
  public ConventionView edit(long id, @Nullable RuleRequest request) {
    String rule = String.valueOf(requireNonNull(request).rule());
    asked.add("edit " + id + " " + rule);
    return convention("confirmed", rule);
  }

  @Override
  public ConventionView forget(long id) {
    asked.add("forget " + id);
    return convention("dropped", "Tests use AssertJ.");
  }

  @Override
  public ProposalView propose(String owner, String name) {
    asked.add("propose " + owner + "/" + name);
    return new ProposalView(URI.create("https://github.com/ada/engine/pull/51"));
  }

  private static ConventionView convention(String stage, String rule) {
    URI source = URI.create("https://github.com/ada/engine/pull/50#discussion_r1");
    return new ConventionView(3, "ada/engine", stage, rule, "ada", source, "", AT, AT, "");
  }

  @Override
  public KnightHome home() {
    return home;
  }

  @Override
  public Redactor redactor(Optional<Path> config) {
    return new Redactor(new KnownSecrets(new Secret("the-secret-of-the-fake")));
  }

  /** The systemd of its machine. */
  FakeSystemd systemd() {
    return systemd;
  }

  /** Has a knight hold the home. */
  void serve() {
    serving = true;
  }

  @Override
  public List<SettingHelp> settings() {
    return List.of(
        new SettingHelp(
            "knight.workers", "KNIGHT_WORKERS", "`2`", "jobs that run at a time", "a number"));
  }

  @Override
  public Instant now() {
    return AT.plusSeconds(240);
  }

  @Override
  public boolean isServing() {
    return serving;
  }

  @Override
  public int ask(Optional<Path> config, ToIntFunction<KnightApi> question) {
    config.ifPresent(file -> asked.add("config " + file));
    return question.applyAsInt(this);
  }

  @Override
  public int look(Optional<Path> config, ToIntFunction<KnightApi> question) {
    if (away) {
      throw new UnavailableException("The service does not answer", Optional.empty());
    }
    return ask(config, question);
  }

  @Override
  public int serve(Optional<Path> config, boolean stopAgents) {
    throw new MisconfiguredException("knight.github.token is not set\u001b[31m: set it");
  }

  @Override
  public int run(Optional<Path> config, IssueUrl url, Optional<String> text) {
    asked.add("run " + url.subject() + " " + text.orElse("-"));
    throw new IllegalStateException("boom");
  }

  @Override
  public List<Check> checks(Optional<Path> config) {
    asked.add("checks");
    return findings.stream().<Check>map(Fixed::new).toList();
  }

  /** A check that has found something already. */
  private record Fixed(Result result) implements Check {
    @Override
    public String id() {
      return result.id();
    }

    @Override
    public String title() {
      return result.title();
    }

    @Override
    public List<Result> look() {
      return List.of(result);
    }
  }

  @Override
  public Map<String, String> settings(Optional<Path> config) {
    return Map.of("knight.workers", "2", "knight.model.name", "the-secret-of-the-fake");
  }

  @Override
  public int init(Optional<Path> config, Answers answers) {
    asked.add("init " + answers);
    return ExitCodes.DONE;
  }

  @Override
  public KnightUnit unit(Manager manager) {
    return systemd.unit(manager, home);
  }

  @Override
  public RestoreView restore(Optional<Path> config, Path backup) {
    asked.add("restore " + backup);
    return new RestoreView(2, Optional.of("/home/ada/.knight/store/knight-before.mv.db"));
  }

  @Override
  public BackupView backup() {
    asked.add("backup");
    try {
      Path copy = Files.createDirectories(home.backups()).resolve("copy");
      Files.writeString(copy, "the jobs");
      return new BackupView(copy.toString(), 8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public StatsView stats(int days) {
    asked.add("stats " + days);
    LocalDate today = LocalDate.of(2026, 11, 22);
    StatsRow total = new StatsRow("total", 5, 4, 3, new BigDecimal("1.5"), 45_600);
    return new StatsView(
        days,
        today.minusDays(days - 1L),
        today,
        total,
        Optional.of(0.75),
        Optional.of(new BigDecimal("0.5")),
        Optional.of(372L),
        Optional.of(4_000L),
        new BigDecimal("0.5"),
        Optional.of(BigDecimal.TEN),
        List.of(
            new StatsRow("2026-11-20", 0, 0, 0, BigDecimal.ZERO, 0),
            new StatsRow("2026-11-21", 3, 3, 2, BigDecimal.ONE, 40_000),
            new StatsRow("2026-11-22", 2, 1, 1, new BigDecimal("0.5"), 5_600)),
        List.of(new StatsRow("ada/engine", 5, 4, 3, new BigDecimal("1.5"), 45_600)),
        List.of(new StatsRow("your-model", 5, 4, 3, new BigDecimal("1.5"), 45_600)),
        List.of(new StatsRow("done", 5, 4, 3, new BigDecimal("1.5"), 45_600)));
  }

  @Override
  public List<JobView> jobs(JobQuery query) {
    asked.add("jobs " + query.limit());
    queries.add(query);
    return List.copyOf(jobs);
  }

  @Override
  public JobDetails show(long job) {
    asked.add("show " + job);
    JobView view =
        jobs.stream()
            .filter(one -> one.id() == job)
            .findFirst()
            .orElseThrow(() -> NoSuchJobException.of(job));
    return JobDetails.of(
        view,
        new UsedView(754, 3600, 123_456, new BigDecimal("5")),
        Optional.of(
            DiffView.of(
                "published",
                "1".repeat(40),
                List.of(
                    new FileChange("src/Pump.java", "modified", 12, 3, false),
                    new FileChange("logo.png", "added", 0, 0, true)),
                "")),
        List.of(
            new CheckView("make test", true, "passed", 12.5, "ok"),
            new CheckView(
                "make lint", false, "exit code 2", 1.5, "Pump.java:7: too long\u001b[1m\n")),
        new SetbacksView(0, 0, 0, job == 7 ? 0 : 1),
        List.of(new EventView(3, AT, "accepted", "ada asked: \u001b]0;evil\u0007 turn\u202e it")),
        List.of(
            new EffectView(
                "push",
                "knight/7",
                "knight/7 at abc",
                "done",
                Optional.of("abc"),
                Optional.of(URI.create("https://github.com/ada/engine/tree/knight/7")),
                AT)));
  }

  @Override
  public String diff(long job) {
    return job == 7 ? "diff --git a/x b/x\n@@ -1 +1 @@\n-old\n+new\n" : "";
  }

  @Override
  public JobView enqueue(@Nullable EnqueueRequest request) {
    asked.add(String.valueOf(request));
    return job(12, "queued");
  }

  @Override
  public JobView steer(long job, @Nullable SteerRequest request) {
    if (job == 7) {
      throw new WrongStateException("Job 7 is done, so nobody hears it");
    }
    asked.add("steer " + job + " " + (request == null ? "" : request.text()));
    return job(job, "running");
  }

  @Override
  public JobView stop(long job) {
    throw new WrongStateException("Job %d is done: it cannot stop".formatted(job));
  }

  @Override
  public JobView release(long job) {
    asked.add("release " + job);
    return job(job, "queued");
  }

  @Override
  public JobView retry(long job) {
    asked.add("retry " + job);
    return job(13, "queued");
  }
}

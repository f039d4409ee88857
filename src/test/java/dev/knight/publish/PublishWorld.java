package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.MortalGitHub;
import dev.knight.fake.TestClock;
import dev.knight.git.BranchName;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.github.GitHubSettings;
import dev.knight.github.RestGitHub;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.SeenRequest;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import dev.knight.rehearsal.Weather;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reporter and publisher in front of a stand-in for GitHub, all by one clock that stands until it
 * is moved. What waits moves it.
 */
final class PublishWorld implements AutoCloseable {
  static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  static final BranchName BRANCH = new BranchName("knight/1-engine-stalls");
  static final BranchName MAIN = new BranchName("main");
  static final Contribution CHANGE =
      new Contribution(
          "Mend the engine", "It does not stall.", false, List.of(), List.of(), Optional.empty());
  static final Contribution SAME_CHANGE_IN_OTHER_WORDS =
      new Contribution(
          "The engine runs", "It did stall.", false, List.of(), List.of(), Optional.empty());
  private static final String TOKEN = "ghp_knightKnightKnight";

  final TestClock clock = TestClock.atNoon();
  final MemoryJobStore store = new MemoryJobStore();
  final StandInGitHub standIn;
  final MortalGitHub github;
  final RestGitHub rest;
  private final KnightHome home;
  private final Mirrors mirrors;
  private Duration setBack = Duration.ZERO;
  private Reporter reporter;

  PublishWorld(Path directory) throws IOException {
    this.standIn =
        StandInGitHub.start(directory.resolve("hub"), 0, () -> clock.instant().plus(setBack));
    world().addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world().addUser("sir-knight");
    world().addToken(TOKEN, "sir-knight", TokenRight.WRITE);
    world().permit(ENGINE, "sir-knight", Permission.WRITE);
    GitHubSettings settings =
        new GitHubSettings(standIn.apiUrl(), "knight/test", Duration.ofMillis(1));
    this.rest = new RestGitHub(settings, () -> new Secret(TOKEN), clock, clock::pass);
    this.github = new MortalGitHub(rest);
    this.home = new KnightHome(directory.resolve("home"));
    this.mirrors =
        new Mirrors(home, _ -> Optional.of(new Secret(TOKEN)), GitLimits.standard(), clock);
    restart();
  }

  /** As after the death of the process: nothing but the store and the files is left. */
  void restart() {
    github.fate((_, _) -> false);
    reporter = another();
  }

  /** A reporter of another service that shares the store. */
  Reporter another() {
    return new Reporter(
        github,
        store,
        new OutgoingText(new Redactor(new KnownSecrets())),
        PublishSettings.standard(),
        clock);
  }

  /** Somebody sets knight's clock back; GitHub's goes on. */
  void setBack(Duration by) {
    clock.pass(by.negated());
    setBack = setBack.plus(by);
  }

  World world() {
    return standIn.world();
  }

  void lag(Duration behind) {
    standIn.weather(Weather.CLEAR.behind(behind));
  }

  /** Ada asks in an issue of her own, a minute ago. */
  Job asked() {
    Subject issue = world().openIssue(ENGINE, "ada", "Engine stalls", "@sir-knight mend it");
    return store.accept(mention(issue), clock.instant());
  }

  Mention mention(Subject issue) {
    URI link = URI.create(standIn.webUrl() + "/ada/engine/issues/" + issue.number());
    return new Mention(
        "I_" + issue.number(),
        issue,
        Mention.Source.ISSUE,
        issue.number(),
        world().addUser("ada").person(),
        "Engine stalls",
        "@sir-knight mend it",
        link,
        clock.instant());
  }

  /** The job as a worker has it now. */
  Job claimed(Job job) {
    Job now = store.find(job.id()).orElseThrow();
    if (now.state() instanceof JobState.Running) {
      now = store.replace(now, now.release(clock.instant()), List.of()).orElseThrow();
    }
    return store
        .claim(now.id(), "worker", clock.instant().plusSeconds(3600), clock.instant())
        .orElseThrow();
  }

  /** The job comes to an end. */
  Job finished(Job job) {
    Job running = claimed(job);
    JobState.Finished end = new JobState.NoChange("It runs already.");
    return store.replace(running, running.finish(end, clock.instant()), List.of()).orElseThrow();
  }

  /** Ada calls it off. */
  void stopped(Job job) {
    Job now = store.find(job.id()).orElseThrow();
    assertThat(store.replace(now, now.stop("ada called it off.", clock.instant()), List.of()))
        .isPresent();
  }

  /** One tick of the reporter, a second later; a dead one is followed by the next. */
  void tick() {
    clock.pass(Duration.ofSeconds(1));
    try {
      reporter.runOnce();
    } catch (MortalGitHub.Death death) {
      restart();
    }
  }

  /** As many ticks as need be for everything to come to rest. */
  void rest() {
    for (int second = 0; second < 150; second++) {
      tick();
    }
  }

  /** A worktree in which the engine was mended. */
  Worktree worktree(Mirror mirror, JobId job) {
    Worktree worktree = mirror.worktree(job, mirror.branchHead(MAIN).orElseThrow());
    try {
      Files.writeString(worktree.path().resolve("engine.txt"), "mended\n");
      return worktree;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Mirror mirror() {
    Mirror mirror = mirrors.mirror(ENGINE, URI.create(standIn.webUrl() + "/ada/engine.git"));
    mirror.fetch();
    return mirror;
  }

  /** What a worker does at the end of an attempt, in a process that was just started. */
  Publisher.Published publish(Job job) {
    return publish(job, CHANGE);
  }

  /** The same, with other words about the change. */
  Publisher.Published publish(Job job, Contribution change) {
    Publisher publisher =
        new Publisher(
            github,
            store,
            new OutgoingText(new Redactor(new KnownSecrets())),
            PublishSettings.standard(),
            clock,
            clock::pass);
    Mirror mirror = mirror();
    Worktree worktree = worktree(mirror, job.id());
    Mention request = store.mentions(job.id()).getFirst().mention();
    return publisher.publish(
        job, mirror, worktree, BRANCH, MAIN, worktree.snapshot(), change, request);
  }

  /** The comments of knight's account. */
  List<Comment> own(Job job) {
    return world().comments(job.subject()).stream()
        .filter(comment -> comment.author().login().equals("sir-knight"))
        .toList();
  }

  List<Reaction> reactions(Job job) {
    return world()
        .reactions(ENGINE, new Reaction.Target(Reaction.Kind.ISSUE, job.subject().number()));
  }

  Effect effect(Job job, Effect.Kind kind) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  List<SeenRequest> requests() {
    return standIn.requests();
  }

  @Override
  public void close() throws IOException {
    mirrors.close();
    rest.close();
    standIn.close();
  }
}

package dev.knight.ci;

import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.github.GitHubSettings;
import dev.knight.github.NewPullRequest;
import dev.knight.github.Opening;
import dev.knight.github.PullRequest;
import dev.knight.github.RestGitHub;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryConfigCopy;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import dev.knight.publish.CheckLine;
import dev.knight.publish.OutgoingText;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that is done with a pull request, before a stand-in whose workflows the test writes. */
final class CiWorld implements AutoCloseable {
  static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  static final String BRANCH = "knight/1-oil";
  private static final Person ADA = new Person(7, "ada");
  private static final int ROUNDS = 2;

  final TestClock clock = TestClock.atNoon();
  final MemoryJobStore store = new MemoryJobStore();
  final StandInGitHub standIn;
  final RestGitHub github;
  private final Redactor redactor = new Redactor(new KnownSecrets(new Secret("hunter2hunter2")));
  private String token = "ghp_write";
  private List<RepositoryName> repositories = List.of(ENGINE);
  private Watch watch;
  private int pushes;

  CiWorld(Path directory) throws IOException {
    this.standIn = StandInGitHub.start(directory, 0, clock);
    world().addUser("knight-bot");
    world().addToken("ghp_write", "knight-bot", TokenRight.WRITE);
    world().addToken("ghp_fine", "knight-bot", TokenRight.FINE_GRAINED);
    world().addToken("ghp_narrow", "knight-bot", TokenRight.NARROW);
    world().addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world().permit(ENGINE, "knight-bot", Permission.WRITE);
    GitHubSettings settings =
        new GitHubSettings(standIn.apiUrl(), "knight/test", Duration.ofMillis(1));
    this.github = new RestGitHub(settings, () -> new Secret(token), clock, clock::pass);
    this.watch = newWatch();
  }

  private Watch newWatch() {
    CiSettings settings =
        new CiSettings(true, repositories, Duration.ofSeconds(30), Duration.ofSeconds(60), ROUNDS);
    return new Watch(
        github, github.checks(), store, settings, new OutgoingText(redactor), redactor, clock);
  }

  Watch watch() {
    return watch;
  }

  World world() {
    return standIn.world();
  }

  void token(String other) {
    token = other;
  }

  /** As after a restart that serves it no more. */
  void leave() {
    repositories = List.of();
    restart();
  }

  /** What {@code .knight.yml} says. */
  void configure(String text) {
    store.configuration(ENGINE, new RepositoryConfigCopy(text, ""));
  }

  /** As after a restart. */
  void restart() {
    watch = newWatch();
  }

  /** A job pushes its change and is done with a pull request. */
  Job done(boolean draft) {
    Subject issue = world().openIssue(ENGINE, "ada", "Oil it", "@knight please");
    Mention asked =
        new Mention(
            "hand:1",
            issue,
            Mention.Source.COMMAND,
            issue.number(),
            ADA,
            "Oil it",
            "please",
            standIn.webUrl(),
            clock.instant());
    Job job = store.accept(asked, clock.instant());
    push("knight-bot");
    Opening opening =
        github.open(ENGINE, new NewPullRequest("Oil it", "It ran dry", BRANCH, "main", draft));
    PullRequest pull = ((Opening.Created) opening).pullRequest();
    store.settle(
        store
            .plan(job.id(), Effect.Kind.PULL_REQUEST, BRANCH, clock.instant())
            .as(
                Effect.State.DONE,
                Optional.of(Long.toString(pull.subject().number())),
                Optional.of(pull.link())));
    pushed(job);
    if (draft) {
      store.tell(List.of(Event.of(job.id(), clock.instant(), CheckLine.DRAFT, "It is a draft")));
    }
    return finish(job, draft);
  }

  /** Somebody asks a question under the pull request, which makes a job of its own. */
  Job asked() {
    Mention question =
        new Mention(
            "hand:2",
            pull().subject(),
            Mention.Source.COMMAND,
            pull().subject().number(),
            ADA,
            "Oil it",
            "why?",
            standIn.webUrl(),
            clock.instant(),
            Optional.empty(),
            Order.ASK);
    return store.accept(question, clock.instant());
  }

  /** A commit on its branch, by whomever. */
  void push(String who) {
    world().push(ENGINE, BRANCH, who, "Work", Map.of("work.txt", "try " + ++pushes));
  }

  /** The job goes on, changes nothing and is done again. */
  Job unchanged(Job job, boolean draft) {
    return finish(job, draft);
  }

  /** The job goes on, pushes once more and is done again. */
  Job again(Job job) {
    push("knight-bot");
    pushed(job);
    return finish(job, false);
  }

  private void pushed(Job job) {
    Effect push = store.plan(job.id(), Effect.Kind.PUSH, BRANCH, clock.instant());
    store.settle(push.as(Effect.State.DONE, Optional.of(head()), Optional.empty()));
  }

  private Job finish(Job job, boolean draft) {
    Job claimed =
        store.claim(job.id(), "w", clock.instant().plusSeconds(60), clock.instant()).orElseThrow();
    store.delivered(store.mentions(job.id()).stream().map(it -> it.mention().nodeId()).toList());
    Job end = claimed.finish(new Done(pull().link(), draft, "Oiled"), clock.instant());
    return store.replace(claimed, end, List.of()).orElseThrow();
  }

  /** The job goes on and fails before its agent is told anything. */
  void failed(Job job) {
    Job claimed =
        store.claim(job.id(), "w", clock.instant().plusSeconds(60), clock.instant()).orElseThrow();
    Job end = claimed.finish(new Failed("No npm.", Optional.empty()), clock.instant());
    Job _ = store.replace(claimed, end, List.of()).orElseThrow();
  }

  PullRequest pull() {
    return github.pullRequest(ENGINE, BRANCH).orElseThrow();
  }

  String head() {
    return pull().headSha();
  }

  /** Lets time pass as the service does: a tick for each second. */
  void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.pass(Duration.ofSeconds(1));
      if (watch.isDue()) {
        watch.runOnce();
      }
    }
  }

  Job job(Job job) {
    return store.find(job.id()).orElseThrow();
  }

  String line(Job job) {
    return CheckLine.in(store.events(job.id(), 0)).orElse("");
  }

  /** What knight told itself, the newest last. */
  List<String> evidence(Job job) {
    return store.mentions(job.id()).stream()
        .map(stored -> stored.mention())
        .filter(mention -> mention.source() == Mention.Source.WATCH)
        .map(Mention::text)
        .toList();
  }

  List<String> replies() {
    return store.replies().stream().map(Reply::body).toList();
  }

  /** How often the workflows of the head have run. */
  int attempts() {
    return world().runs(ENGINE, head()).getFirst().attempt();
  }

  @Override
  public void close() throws IOException {
    github.close();
    standIn.close();
  }
}

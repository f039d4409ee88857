package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.agent.Turn;
import dev.knight.fake.FakeAgent;
import dev.knight.fake.FakeMeter;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestClock;
import dev.knight.gateway.Allowance;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirrors;
import dev.knight.github.GitHubSettings;
import dev.knight.github.RestGitHub;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Price;
import dev.knight.job.RefusedException;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.publish.Publisher;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that change nothing, in a world of their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InquiryTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final String TOKEN = "ghp_knightKnightKnight";
  private static final String REVIEW =
      """
      ```json
      {"verdict": "changes", "findings": [{"severity": "high", "file": "pump.c", "line": 1, "text": "Off."}]}
      ```
      """;

  @TempDir private Path directory;
  private final TestClock clock = TestClock.atNoon();
  private final MemoryJobStore store = new MemoryJobStore();
  private final List<String> asked = new ArrayList<>();
  private StandInGitHub standIn;
  private RestGitHub github;
  private Mirrors mirrors;

  @BeforeEach
  void start() throws IOException {
    standIn = StandInGitHub.start(directory.resolve("hub"), 0, clock);
    standIn.world().addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    standIn.world().addUser("sir-knight");
    standIn.world().addToken(TOKEN, "sir-knight", TokenRight.WRITE);
    standIn.world().permit(ENGINE, "sir-knight", Permission.WRITE);
    GitHubSettings settings =
        new GitHubSettings(standIn.apiUrl(), "knight/test", Duration.ofMillis(1));
    github = new RestGitHub(settings, () -> new Secret(TOKEN), clock, clock::pass);
    mirrors =
        new Mirrors(
            new KnightHome(directory.resolve("home")),
            _ -> Optional.of(new Secret(TOKEN)),
            GitLimits.standard(),
            clock);
  }

  @AfterEach
  void stop() throws IOException {
    mirrors.close();
    github.close();
    standIn.close();
  }

  @Test
  void a_question_is_answered_by_the_last_message() {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "A question", "");

    Outcome outcome = run(job(issue, Order.ASK), _ -> "It is an engine.");

    assertThat(outcome).isEqualTo(new Outcome.Answered("It is an engine."));
    assertThat(asked).containsExactly("ask n1");
    assertThat(standIn.world().branches(ENGINE)).containsExactly("main");
  }

  @Test
  void what_else_was_asked_is_answered_with_it_and_what_else_was_wanted_is_not_begun() {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "A question", "");
    Job job = job(issue, Order.ASK);
    store.accept(mention("n2", issue, Order.DO), clock.instant());
    store.accept(mention("n3", issue, Order.ASK), clock.instant());

    Outcome outcome = run(job, key -> "About " + key);

    assertThat(outcome).isEqualTo(new Outcome.Answered("About ask n1\n\n---\n\nAbout ask n3"));
    assertThat(store.mentions(job.id()))
        .filteredOn(mention -> !mention.delivered())
        .extracting(stored -> stored.mention().nodeId())
        .containsExactly("n2");
  }

  @Test
  void a_pull_request_is_reviewed_once_however_often_the_attempt_begins() {
    Subject pull = pull();
    Job job = job(pull, Order.REVIEW);

    Outcome first = run(job, _ -> REVIEW);
    Outcome again = run(job, _ -> REVIEW);

    assertThat(first).isEqualTo(again).isInstanceOf(Outcome.Answered.class);
    assertThat(standIn.world().reviewComments(pull))
        .singleElement()
        .satisfies(remark -> assertThat(remark.body()).isEqualTo("**high:** Off."));
    assertThat(github.reviews(pull)).hasSize(1);
    assertThat(standIn.world().branches(ENGINE)).containsExactly("main", "topic");
  }

  @Test
  void a_reviewer_without_a_verdict_is_asked_once_more() {
    Subject pull = pull();

    Outcome outcome = run(job(pull, Order.REVIEW), key -> key.startsWith("again") ? REVIEW : "Hm.");

    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void there_is_nothing_to_review_in_an_issue() {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "Broken", "");

    assertThatThrownBy(() -> run(job(issue, Order.REVIEW), _ -> REVIEW))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no pull request here");
  }

  @Test
  void a_question_under_a_job_at_work_is_answered_in_a_reply_and_changes_nothing() {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "Broken", "");
    Job job = job(issue, Order.DO);
    store.accept(mention("n2", issue, Order.ASK), clock.instant());
    String nothing =
        """
        ```json
        {"outcome": "no-change", "title": "", "summary": "It runs.", "question": "", "default": ""}
        ```
        """;

    Outcome outcome = run(job, key -> key.startsWith("ask") ? "Because, @eve." : nothing);

    assertThat(outcome).isEqualTo(new Outcome.NoChange("It runs."));
    assertThat(store.replies())
        .singleElement()
        .extracting(Reply::body)
        .asString()
        .startsWith("@ada:\n\nBecause, @")
        .doesNotContain("@eve");
    assertThat(store.mentions(job.id())).allMatch(StoredMention::delivered);
  }

  @Test
  void a_question_beside_a_plan_is_answered_and_does_not_change_the_plan() {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "Broken", "");
    Job job = job(issue, Order.PLAN);
    store.accept(mention("n2", issue, Order.ASK), clock.instant());
    store.accept(mention("n3", issue, Order.REVIEW), clock.instant());

    Outcome outcome = run(job, key -> "About " + key);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Planned.class, plan -> assertThat(plan.plan()).startsWith("About plan n1"));
    assertThat(asked).containsExactly("plan n1", "ask n2");
    assertThat(store.mentions(job.id()))
        .filteredOn(mention -> !mention.delivered())
        .extracting(stored -> stored.mention().nodeId())
        .as("a review is a job of its own")
        .containsExactly("n3");
  }

  @Test
  void who_says_go_after_the_plan_was_agreed_to_is_heard() {
    assertThat(askedOnce("go, but in C")).contains("more n3").doesNotContain("more n2");
  }

  @Test
  void who_says_more_with_a_go_than_a_plan_holds_is_heard_to_the_end() {
    assertThat(askedOnce("go, but " + "on and ".repeat(200))).contains("more n2");
  }

  /** What the agent is asked once a plan is agreed to with {@code words}, and "go" said again. */
  private List<String> askedOnce(String words) {
    Subject issue = standIn.world().openIssue(ENGINE, "ada", "Broken", "");
    Job job = job(issue, Order.PLAN);
    String nothing = "```json\n{\"outcome\": \"no-change\", \"summary\": \"It runs.\"}\n```";
    run(job, _ -> nothing);
    store.replace(job, job.propose("The plan", clock.instant()), List.of());
    Mention go = mention("n2", issue, Order.GO);
    store.accept(go.repeating(go, words), clock.instant());
    Job agreed =
        store
            .claim(job.id(), "worker", clock.instant().plusSeconds(3600), clock.instant())
            .orElseThrow();
    store.accept(mention("n3", issue, Order.GO), clock.instant());

    run(agreed, _ -> nothing);
    return asked;
  }

  private Subject pull() {
    standIn.world().push(ENGINE, "topic", "ada", "A pump", Map.of("pump.c", "off\n"));
    return standIn.world().openPullRequest(ENGINE, "ada", "A pump", "It pumps.", "topic");
  }

  private Job job(Subject subject, Order order) {
    Job job = store.accept(mention("n1", subject, order), clock.instant());
    return store
        .claim(job.id(), "worker", clock.instant().plusSeconds(3600), clock.instant())
        .orElseThrow();
  }

  private Mention mention(String nodeId, Subject subject, Order order) {
    return new Mention(
        nodeId,
        subject,
        Mention.Source.ISSUE_COMMENT,
        7,
        standIn.world().addUser("ada").person(),
        "Engine",
        "@knight please",
        URI.create(standIn.webUrl() + "/ada/engine/issues/" + subject.number()),
        clock.instant(),
        Optional.empty(),
        order);
  }

  private Outcome run(Job job, Function<String, String> says) {
    FakeAgent agent =
        new FakeAgent((_, key) -> {
          asked.add(key);
          FakeAgent.Request request =
              new FakeAgent.Request(new BigDecimal("0.01"), Optional.empty(), "");
          return new FakeAgent.Plan(List.of(request), new Turn.Finished(says.apply(key)));
        });
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    Attempt attempt =
        AttemptInSimulation.of(
            github,
            store,
            mirrors,
            agent.at((_, _) -> {}),
            new Doors(),
            (_, _) -> {
              throw new AssertionError("A command of the repository is run");
            },
            new Publisher(github, store, outgoing, PublishSettings.standard(), clock, clock::pass),
            new Limits(Duration.ofHours(1), BigDecimal.TEN, Duration.ofMinutes(5), 2, 2),
            new KnightHome(directory.resolve("home")),
            clock,
            new Random(7));
    return attempt.run(new Told(job));
  }

  private final class Told extends QuietProgress {
    private final Job job;

    Told(Job job) {
      this.job = job;
    }

    @Override
    public Job job() {
      return job;
    }

    @Override
    public void tell(String kind, String text) {
      store.tell(List.of(Event.of(job.id(), clock.instant(), kind, text)));
    }
  }

  private static final class Doors implements ModelAccess {
    @Override
    public Meter meter(JobId job) {
      return new FakeMeter();
    }

    @Override
    public void open(String conversation, int attempt, Allowance allowance) {}

    @Override
    public void close(String conversation) {}

    @Override
    public URI addressFor(String conversation) {
      return URI.create("http://127.0.0.1:1/model/" + conversation);
    }

    @Override
    public Secret tokenFor(String conversation, int attempt) {
      return new Secret("token");
    }

    @Override
    public void quote(String model, Price price) {}
  }
}

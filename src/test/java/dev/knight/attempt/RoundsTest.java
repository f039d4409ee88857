package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.Turn;
import dev.knight.fake.FakeAgent;
import dev.knight.fake.FakeMeter;
import dev.knight.fake.MemoryJobStore;
import dev.knight.gateway.Allowance;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
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
import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Fate;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Running;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.Price;
import dev.knight.job.Remark;
import dev.knight.job.Reply;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.StreamAnchor;
import dev.knight.job.StreamKind;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.publish.Publisher;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Review.Opinion;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.TokenRight;
import dev.knight.rehearsal.World;
import dev.knight.rehearsal.World.Note;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that goes on under its pull request, in front of a stand-in for GitHub. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundsTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(60), BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);

  @TempDir Path directory;
  private final InstantSource clock = InstantSource.system();
  private final MemoryJobStore store = new MemoryJobStore();
  private final Map<String, FakeAgent.Plan> plans = new HashMap<>();
  private final List<Runnable> duringChecks = new ArrayList<>();
  private StandInGitHub standIn;
  private RestGitHub github;
  private Mirrors mirrors;
  private Attempt attempt;

  @BeforeEach
  void start() throws IOException {
    standIn = StandInGitHub.start(directory.resolve("hub"));
    hub()
        .addRepository(
            ENGINE, Map.of("a.txt", "one\ntwo\nthree\n", ".knight.yml", "verify: [check]\n"));
    hub().addUser("sir-knight");
    hub().addUser("grace");
    hub().addToken("t", "sir-knight", TokenRight.WRITE);
    hub().permit(ENGINE, "sir-knight", Permission.WRITE);
    hub().permit(ENGINE, "grace", Permission.WRITE);
    github =
        new RestGitHub(
            new GitHubSettings(standIn.apiUrl(), "knight/0", Duration.ofMillis(1)),
            () -> new Secret("t"),
            clock,
            _ -> {});
    KnightHome home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.of(new Secret("t")), GitLimits.standard(), clock);
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    attempt =
        AttemptInSimulation.of(
            github,
            store,
            mirrors,
            new FakeAgent(this::plan).at((_, _) -> {}),
            new Doors(),
            (_, _) -> {
              List.copyOf(duringChecks).forEach(Runnable::run);
              duringChecks.clear();
              return true;
            },
            new Publisher(github, store, outgoing, PublishSettings.standard(), clock, _ -> {}),
            LIMITS,
            home,
            clock,
            new SplittableRandom(7));
  }

  @AfterEach
  void stop() throws IOException {
    mirrors.close();
    github.close();
    standIn.close();
  }

  @Test
  void a_review_is_served_on_top_of_what_people_pushed() {
    Job job = published("one\ntwo\nTHREE\n");
    push("hand.txt", "by hand\n");
    List<Long> comments = review(job, "Why?", "And this?", "Hm.", "Forgotten.");
    plans.put("more", edits("a.txt", "ONE\ntwo\nTHREE\n", answers()));

    Outcome outcome = attempt.run(progress(job));

    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    assertThat(hub().file(ENGINE, branch(), "hand.txt")).contains("by hand\n");
    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("ONE\ntwo\nTHREE\n");
    String head = pull().pull().orElseThrow().headCommit().substring(0, 10);
    assertThat(store.replies()).hasSize(5);
    assertThat(reply(comments.get(0)).body()).startsWith("Done in " + head).contains("Reworded");
    assertThat(reply(comments.get(1)).body()).startsWith("I left this as it is").contains("right");
    assertThat(reply(comments.get(2)).body()).isEqualTo("It is so.");
    assertThat(reply(comments.get(3)).body()).startsWith("I did nothing for this remark");
    assertThat(reply(comments.get(0)).thread()).hasValue(comments.get(0));
    assertThat(comments)
        .filteredOn(comment -> hub().isResolved(ENGINE, comment))
        .containsExactly(comments.get(0));
    assertThat(store.replies().getLast().body())
        .startsWith("@grace, I went through your review. 1 of 4 remarks served")
        .contains(head);

    attempt.run(progress(job));

    assertThat(store.replies()).as("again from the top").hasSize(5);
    assertThat(pull().pull().orElseThrow().headCommit()).startsWith(head);
  }

  @Test
  void a_review_that_changes_nothing_leaves_the_pull_request_as_it_was() {
    Job job = published("one\ntwo\nTHREE\n");
    String head = pull().pull().orElseThrow().headCommit();
    List<Long> comments = review(job, "Why?");
    plans.put(
        "more",
        says(
            "no-change",
            "\"answers\": [{\"remark\": 1, \"did\": \"changed\", \"text\": \"I did.\"}]"));

    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);

    assertThat(pull().pull().orElseThrow().headCommit()).isEqualTo(head);
    assertThat(reply(comments.getFirst()).body())
        .startsWith("I meant to change this, but no commit");
    assertThat(hub().isResolved(ENGINE, comments.getFirst())).isFalse();
  }

  @Test
  void who_pushes_while_the_checks_run_is_not_overwritten() {
    Job job = published("one\ntwo\nTHREE\n");
    review(job, "Why?");
    plans.put("more", edits("a.txt", "ONE\ntwo\nTHREE\n", answers()));
    duringChecks.add(() -> push("hand.txt", "in between\n"));

    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);

    assertThat(hub().file(ENGINE, branch(), "hand.txt")).contains("in between\n");
    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("ONE\ntwo\nTHREE\n");
    assertThat(kinds(job)).contains("moved");
  }

  @Test
  void what_does_not_go_together_is_the_agents_to_settle() {
    Job job = published("one\ntwo\nTHREE\n");
    push("a.txt", "one\ntwo\ndrei\n");
    review(job, "Why?");
    plans.put("more", edits("a.txt", "ONE\ntwo\ndrei\n", answers()));
    // What knight had pushed is what people changed: nothing is to be settled.
    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);
    assertThat(kinds(job)).doesNotContain("settle");
    finish(job);

    review(job, "And now?");
    plans.put("more", edits("a.txt", "ONE\nTWO\ndrei\n", answers()));
    plans.put("settle", edits("a.txt", "ONE\nzwei und TWO\ndrei\n", answers()));
    duringChecks.add(() -> push("a.txt", "ONE\nzwei\ndrei\n"));
    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);

    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("ONE\nzwei und TWO\ndrei\n");
  }

  @Test
  void a_pull_request_that_people_ended_meanwhile_is_told_of_in_one_sentence() {
    Job job = published("one\ntwo\nTHREE\n");
    hub().closeIssue(new Subject(ENGINE, pull().number()));
    review(job, "Why?");

    Outcome outcome = attempt.run(progress(job));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Published.class,
            published -> assertThat(published.reason()).contains("was closed before I could"));
    assertThat(store.replies()).hasSize(1);
    assertThat(store.mentions(job.id())).allMatch(mention -> mention.delivered());
  }

  @Test
  void who_asks_in_the_issue_of_a_pull_request_that_was_closed_gets_a_job_of_its_own() {
    Job job = published("one\ntwo\nTHREE\n");
    store.assume(
        job.id(),
        List.of(new Assumption(1, "implement I_1", "Why?", "So.", Optional.empty(), Fate.OPEN)));
    hub().closeIssue(new Subject(ENGINE, pull().number()));
    say("IC_9", job.subject(), "@sir-knight try it in another way");

    Outcome outcome = attempt.run(progress(job));
    finish(job);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Published.class,
            published -> assertThat(published.reason()).contains("was closed before I could"));
    assertThat(store.mention("IC_9").orElseThrow().job()).isNotEqualTo(job.id());
  }

  @Test
  void who_died_while_the_base_was_taken_in_loses_nothing_that_is_made_afterwards() {
    Job job = published("one\ntwo\nTHREE\n");
    hub().push(ENGINE, "main", "grace", "By hand", Map.of("a.txt", "one\ntwo\ndrei\n"));
    Mirror mirror = mirrors.mirror(ENGINE, URI.create(standIn.webUrl() + "/ada/engine.git"));
    mirror.fetch();
    Worktree worktree = mirror.worktree(job.id()).orElseThrow();
    worktree.onto(worktree.base(), mirror.branchHead(new BranchName("main")).orElseThrow());
    review(job, "More");
    plans.put("more", edits("b.txt", "more\n", answers()));
    plans.put("settle", edits("a.txt", "one\ntwo\ndrei, three\n", ""));

    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);

    assertThat(hub().file(ENGINE, branch(), "b.txt")).contains("more\n");
    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("one\ntwo\ndrei, three\n");
  }

  @Test
  void a_question_about_a_review_blocks_nobody_either() {
    Job job = published("one\ntwo\nTHREE\n");
    review(job, "Rename it");
    plans.put(
        "more",
        says(
            "question",
            "\"questions\": [{\"question\": \"To what?\", \"default\": \"x\", \"reversible\": true}]"));
    plans.put("assume", edits("a.txt", "x\ntwo\nTHREE\n", ""));

    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);

    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("x\ntwo\nTHREE\n");
    assertThat(store.assumptions(job.id())).extracting(Assumption::question).contains("To what?");
  }

  @Test
  void what_was_settled_in_an_earlier_round_is_not_the_last_word_of_the_next() {
    Job job = published("one\ntwo\nTHREE\n");
    hub().push(ENGINE, "main", "grace", "By hand", Map.of("a.txt", "one\ntwo\ndrei\n"));
    review(job, "Why?");
    plans.put("settle", edits("a.txt", "one\ntwo\ndrei, three\n", ""));
    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);
    assertThat(hub().file(ENGINE, branch(), "a.txt")).contains("one\ntwo\ndrei, three\n");
    finish(job);

    review(job, "Drop it");
    plans.put("more", says("question", "\"question\": \"All of it?\""));

    assertThat(attempt.run(progress(job))).isEqualTo(new Outcome.Question("All of it?"));
  }

  // ---- what people and the agent do

  private void say(String nodeId, Subject subject, String words) {
    Mention mention =
        new Mention(
            nodeId,
            subject,
            Mention.Source.ISSUE_COMMENT,
            9,
            new Person(hub().addUser("grace").id(), "grace"),
            "Mend it",
            words,
            URI.create("https://hub/9"),
            now());
    store.keep(
        ENGINE,
        StreamKind.ISSUES,
        new StreamAnchor(now(), Optional.empty()),
        List.of(new JudgedMention(mention, Verdict.ACCEPTED)),
        now());
  }

  private Job published(String text) {
    plans.put("implement", edits("a.txt", text, ""));
    Subject issue = hub().openIssue(ENGINE, "ada", "Engine stalls", "@sir-knight mend it");
    Mention asks =
        new Mention(
            "I_1",
            issue,
            Mention.Source.ISSUE,
            issue.number(),
            new Person(hub().addUser("ada").id(), "ada"),
            "Engine stalls",
            "@sir-knight mend it",
            URI.create("https://hub/1"),
            now());
    Job job = store.accept(asks, now());
    assertThat(attempt.run(progress(job))).isInstanceOf(Outcome.Published.class);
    finish(job);
    return job;
  }

  private void finish(Job job) {
    Job running = store.find(job.id()).orElseThrow();
    assertThat(
            store.replace(
                running,
                running.finish(new Done(URI.create("https://hub/2"), false, "Done."), now()),
                List.<Event>of()))
        .isPresent();
  }

  private List<Long> review(Job job, String... remarks) {
    Subject pull = new Subject(ENGINE, pull().number());
    List<Note> notes = Arrays.stream(remarks).map(text -> new Note("a.txt", 1, text)).toList();
    List<Long> comments = hub().review(pull, "grace", Opinion.CHANGES_REQUESTED, "Nearly.", notes);
    String reviewed = pull().pull().orElseThrow().headCommit();
    List<Remark> told = new ArrayList<>();
    for (int i = 0; i < remarks.length; i++) {
      long comment = comments.get(i);
      told.add(
          new Remark(
              comment, comment, reviewed, "a.txt", OptionalLong.of(1), "@@ -1 +1 @@", remarks[i]));
    }
    Mention mention =
        new Mention(
            "PRR_" + comments.getFirst(),
            pull,
            Mention.Source.REVIEW,
            comments.getFirst(),
            new Person(hub().addUser("grace").id(), "grace"),
            "Mend it",
            "Nearly.",
            URI.create("https://hub/2"),
            now());
    store.keep(
        ENGINE,
        StreamKind.ISSUES,
        new StreamAnchor(now(), Optional.empty()),
        List.of(new JudgedMention(mention, Verdict.ACCEPTED, true, told)),
        now());
    assertThat(store.mentions(job.id())).hasSizeGreaterThan(1);
    return comments;
  }

  private void push(String file, String text) {
    hub().push(ENGINE, branch(), "grace", "By hand", Map.of(file, text));
  }

  private FakeAgent.Plan plan(String conversation, String key) {
    return conversation.contains("-review-")
        ? said("```json\n{\"verdict\": \"approve\", \"findings\": []}\n```")
        : plans.getOrDefault(key.substring(0, key.indexOf(' ')), said("Nothing to do."));
  }

  private static String answers() {
    return """
    "answers": [{"remark": 1, "did": "changed", "text": "Reworded."},
      {"remark": 2, "did": "disagree", "text": "It is right."},
      {"remark": 3, "did": "answered", "text": "It is so."}]
    """;
  }

  private static FakeAgent.Plan edits(String file, String text, String more) {
    return new FakeAgent.Plan(
        List.of(new FakeAgent.Request(BigDecimal.ONE.movePointLeft(2), Optional.of(file), text)),
        new Turn.Finished(block("changed", more)));
  }

  private static FakeAgent.Plan says(String outcome, String more) {
    return said(block(outcome, more));
  }

  private static FakeAgent.Plan said(String text) {
    return new FakeAgent.Plan(
        List.of(new FakeAgent.Request(BigDecimal.ONE.movePointLeft(2), Optional.empty(), "")),
        new Turn.Finished(text));
  }

  private static String block(String outcome, String more) {
    return "```json\n{\"outcome\": \"%s\", \"title\": \"Mend it\", \"summary\": \"Mended.\"%s}\n```"
        .formatted(outcome, more.isEmpty() ? "" : ", " + more);
  }

  // ---- what came of it

  private Progress progress(Job asked) {
    Job found = store.find(asked.id()).orElseThrow();
    if (!(found.state() instanceof Running)) {
      store.claim(asked.id(), "me", now().plusSeconds(600), now());
    }
    return new QuietProgress() {
      @Override
      public Job job() {
        return store.find(asked.id()).orElseThrow();
      }

      @Override
      public void branch(String name) {
        store.replace(job(), job().onBranch(name), List.of());
      }

      @Override
      public void tell(String kind, String text) {
        store.tell(List.of(Event.of(asked.id(), now(), kind, text)));
      }
    };
  }

  private List<String> kinds(Job job) {
    return store.events(job.id(), 0).stream().map(Event::kind).toList();
  }

  private Reply reply(long comment) {
    return store.replies().stream()
        .filter(reply -> reply.key().endsWith(" " + comment))
        .findFirst()
        .orElseThrow();
  }

  private Issue pull() {
    return hub().pullRequests(ENGINE).getFirst();
  }

  private String branch() {
    return pull().pull().orElseThrow().head();
  }

  private World hub() {
    return standIn.world();
  }

  private Instant now() {
    return clock.instant();
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

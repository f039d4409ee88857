package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.git.Commit;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Assumption;
import dev.knight.job.Clash;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobKind;
import dev.knight.job.JobState;
import dev.knight.job.Lease;
import dev.knight.job.Mandate;
import dev.knight.job.Person;
import dev.knight.job.Plan;
import dev.knight.job.RefusedHost;
import dev.knight.job.RepositoryName;
import dev.knight.job.Setbacks;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import dev.knight.job.Subject;
import dev.knight.publish.Finding.Fate;
import dev.knight.publish.Finding.Severity;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextsTest {
  private static final Marker MARKER = new Marker(Marker.PREFIX + "status 1 -->");
  private static final PullRequestText.Commits COMMITS =
      new PullRequestText.Commits(new Commit("a".repeat(40)), new Commit("b".repeat(40)));
  private static final URI PULL = URI.create("http://localhost/ada/engine/pull/8");

  private final OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
  private final StatusText status = new StatusText(outgoing, PublishSettings.standard());
  private final PullRequestText pull = new PullRequestText(outgoing, PublishSettings.standard());

  static Stream<JobState> endings() {
    return Stream.of(
        new JobState.Done(PULL, false, "Greets by name. @bob"),
        new JobState.NoChange("It greets already."),
        new JobState.Failed("The model is gone.", Optional.empty()),
        new JobState.Stopped("ada called it off.", Optional.of("knight/job-7")),
        new JobState.NeedsYou("Which name?\nSecond line"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void every_ending_tags_the_requester_once_and_nobody_else(JobState end) {
    String text = status.of(job(end), List.of(), List.of(), MARKER);

    assertThat(text.split("@[A-Za-z]", -1)).hasSize(2);
    assertThat(text).startsWith("@ada").endsWith(MARKER.text());
  }

  @Test
  void the_checks_on_github_are_told_when_they_are_about_what_the_job_came_to_last() {
    JobId id = new JobId(3);
    Event first = Event.of(id, Instant.EPOCH, CheckLine.KIND, "Checks: 1 not: `@eve`.");
    Event again = Event.of(id, Instant.EPOCH, "reopened", "Goes on");
    Event last = Event.of(id, Instant.EPOCH, CheckLine.KIND, "Checks: 1 passed.");
    Job job = job(new JobState.NoChange("Fine."));

    assertThat(status.of(job, List.of(), List.of(first), MARKER))
        .contains("\n\nChecks: 1 not: `@eve`.\n");
    assertThat(status.of(job, List.of(), List.of(first, again), MARKER)).doesNotContain("Checks");
    assertThat(status.of(job, List.of(), List.of(first, again, last), MARKER))
        .contains("Checks: 1 passed.")
        .doesNotContain("eve");
  }

  @Test
  void who_comes_in_each_others_way_is_told_while_something_can_be_done() {
    Clash clash = new Clash(new JobId(2), 5, "src/pump.c, a`b");
    List<Event> story =
        List.of(Event.of(new JobId(3), Instant.EPOCH, Clash.EVENT, clash.sentence()));
    Lease lease = new Lease("w", 1, Instant.EPOCH);

    assertThat(status.of(job(new JobState.Running(lease, Step.REVIEW)), List.of(), story, MARKER))
        .contains("Job 2, for #5, changes the same lines (src/pump.c");
    assertThat(status.of(job(new JobState.NoChange("Nothing.")), List.of(), story, MARKER))
        .doesNotContain("same lines");
  }

  @Test
  void a_running_job_shows_its_steps_and_tags_nobody() {
    Lease lease = new Lease("here", 1, Instant.EPOCH);

    String text =
        status.of(
            job(new JobState.Running(lease, Step.REVIEW)), List.of(), story(refused(2)), MARKER);

    assertThat(text)
        .contains("- [x] implement")
        .contains("- [ ] **review** ← now")
        .contains("- [ ] publish")
        .doesNotContain("@");
  }

  @Test
  void the_pull_request_tells_what_was_verified_reviewed_and_spent() {
    String body =
        pull.body(
            job(new JobState.Queued()),
            new Contribution(
                "Greet by name",
                "It greets. Closes #99",
                true,
                List.of(
                    new Finding(Severity.HIGH, "a.c:1", "overflow", Fate.ADDRESSED),
                    new Finding(Severity.LOW, "", "name", Fate.OPEN)),
                List.of(
                    new Check("make test | tee x", true, "passed", Duration.ofMillis(1200), ""),
                    new Check("make lint", false, "exit code 2", Duration.ofSeconds(75), "bad")),
                Optional.empty()),
            COMMITS,
            List.of(),
            true,
            Duration.ofMinutes(3),
            MARKER);

    assertThat(body)
        .contains("| `make test \\| tee x` | ✅ passed (exit code 0) | 1.2 s | `aaaaaaaaaa` |")
        .contains("| `make lint` | ❌ exit code 2 | 1 min 15 s | `aaaaaaaaaa` |")
        .contains("```text\nbad\n```")
        .contains("- addressed (high) a.c:1: overflow")
        .contains("- **open** (low) name")
        .contains("Closes #7, asked for by @ada.")
        .contains("$0.12")
        .contains("3 min 0 s")
        .doesNotContain("Closes #99");
  }

  @Test
  void a_story_in_parts_has_a_heading_for_each_part_that_says_something() {
    Story story =
        new Story(
            "All in one.",
            "It stalled. @eve",
            "It runs.",
            "- A lock",
            List.of("UTF-8"),
            "Slow.",
            "");
    Contribution change =
        new Contribution(
            "Mend it",
            story,
            Contribution.CommitMessage.of("Mend it"),
            true,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Contribution.Audience.NONE);

    String body =
        pull.body(
            job(new JobState.Queued()), change, COMMITS, List.of(), true, Duration.ZERO, MARKER);

    assertThat(body)
        .containsSubsequence(
            "### Why\n\nIt stalled.",
            "### What\n\nIt runs.",
            "### Verified",
            "### Reviewed",
            "### Decisions\n\n- A lock",
            "### Assumptions\n\n- UTF-8",
            "### Risks\n\nSlow.",
            "Closes #7")
        .doesNotContain("Left out")
        .doesNotContain("All in one")
        .doesNotContain("@eve");
  }

  @Test
  void what_failed_before_is_told_and_keeps_no_change_back() {
    Check old =
        new Check("make lint", false, "exit code 2", Duration.ofSeconds(1), "long known")
            .comparedWith(
                Optional.of(new Check.OnBase(false, "exit code 2", Duration.ofSeconds(1))));
    Contribution change =
        new Contribution("t", "s", false, List.of(), List.of(old), Optional.empty());

    String body =
        pull.body(
            job(new JobState.Queued()), change, COMMITS, List.of(), true, Duration.ZERO, MARKER);

    assertThat(change.passed()).isTrue();
    assertThat(body)
        .contains("| `make lint` | ❌ exit code 2 | 1.0 s | `aaaaaaaaaa` | ❌ exit code 2 |")
        .contains("One of these fails on the base (`bbbbbbbbbb`) too")
        .doesNotContain("long known");
  }

  @Test
  void what_the_tests_of_a_fix_show_is_told_as_it_was_measured() {
    assertThat(proved(new Proof.RedThenGreen(1, "make `test`", "exit code 1")))
        .contains(
            "With the one new or changed test file on the code of the base, `make 'test'` fails (exit code 1); with the change it passes.");
    assertThat(proved(new Proof.GreenBefore(2)))
        .contains("the 2 new or changed test files pass on the code of the base as well");
    assertThat(proved(new Proof.NoTests())).contains("no test was added or changed");
    assertThat(proved(new Proof.Unknown(1))).contains("was not found out");
  }

  private String proved(Proof proof) {
    Contribution change =
        new Contribution(
            "t",
            Story.of("s"),
            Contribution.CommitMessage.of("t"),
            false,
            List.of(),
            List.of(new Check("make", true, "passed", Duration.ofSeconds(1), "")),
            Optional.of(proof),
            Optional.empty(),
            Contribution.Audience.NONE);
    return pull.body(
        job(new JobState.Queued()), change, COMMITS, List.of(), true, Duration.ZERO, MARKER);
  }

  @Test
  void an_agent_that_was_not_confined_is_told_of_once_it_has_run() {
    StatusText open = new StatusText(outgoing, PublishSettings.standard().confined(false));
    JobState done = new JobState.NoChange("Fine.");

    assertThat(open.of(job(done), List.of(), List.of(), MARKER))
        .contains("The agent ran without a sandbox.");
    assertThat(status.of(job(done), List.of(), List.of(), MARKER)).doesNotContain("sandbox");
    assertThat(open.of(job(new JobState.Queued()), List.of(), List.of(), MARKER))
        .doesNotContain("sandbox");
  }

  @Test
  void a_project_without_checks_is_told_so() {
    String body =
        pull.body(
            job(new JobState.Queued()),
            new Contribution("t", "s", false, List.of(), List.of(), Optional.empty()),
            COMMITS,
            List.of(),
            false,
            Duration.ZERO,
            MARKER);

    assertThat(body)
        .contains("names no checks")
        .contains("No self-review was held")
        .contains("For #7");
  }

  @Test
  void a_body_is_as_long_as_github_takes_and_keeps_its_end() {
    List<Finding> findings =
        Collections.nCopies(
            300, new Finding(Severity.LOW, "*".repeat(400), "<".repeat(900), Fate.OPEN));
    List<Check> checks =
        Collections.nCopies(
            300,
            new Check("|".repeat(900), false, "failed", Duration.ofSeconds(1), "x".repeat(9000)));

    String body =
        pull.body(
            job(new JobState.Queued()),
            new Contribution("t", "\\*".repeat(30_000), true, findings, checks, Optional.empty()),
            COMMITS,
            List.of(),
            true,
            Duration.ZERO,
            MARKER);

    assertThat(body)
        .hasSizeLessThan(65_536)
        .contains("Closes #7, asked for by @ada.")
        .contains("more.")
        .endsWith(MARKER.text());
  }

  @Test
  void a_title_is_one_line() {
    Contribution change =
        new Contribution("a\n b | <c>", "", false, List.of(), List.of(), Optional.empty());

    assertThat(pull.title(change)).isEqualTo("a b | <c>");
  }

  @Test
  void what_is_held_is_shown_with_the_way_to_let_it_through() {
    Hold hold = new Hold("0123456789abcdef", "+on: push\n```\n@eve");
    Job held =
        job(new JobState.Running(new Lease("w", 1, Instant.EPOCH), Step.PUBLISH))
            .hold(hold, "- `.github/workflows/ci.yml`: @eve <img>", Instant.EPOCH);

    String text = status.of(held, List.of(), List.of(), MARKER);

    assertThat(text)
        .startsWith("@ada, I have made a change")
        .contains("`.github/workflows/ci.yml`")
        .contains("````text\n+on: push\n```\n@eve\n````")
        .contains("A 👍 on this comment")
        .doesNotContain("<img>")
        .doesNotContain("ci.yml`: @eve");
    assertThat(status.of(held.letThrough("ada", Instant.EPOCH), List.of(), List.of(), MARKER))
        .doesNotContain("👍");
  }

  @Test
  void who_let_a_held_change_through_is_named_and_not_tagged() {
    Contribution.Release release =
        new Contribution.Release("ada", List.of("`.github/workflows/ci.yml`: it runs, @eve."));
    Contribution change =
        new Contribution("t", "s", false, List.of(), List.of(), Optional.of(release));

    String body =
        pull.body(
            job(new JobState.Queued()), change, COMMITS, List.of(), false, Duration.ZERO, MARKER);

    assertThat(body)
        .contains("### Held, then released by `ada`\n\n- `.github/workflows/ci.yml`: it runs")
        .doesNotContain("@eve");
  }

  @Test
  void a_plan_is_shown_with_how_to_agree_to_it_and_stays_at_hand_afterwards() {
    Job running = job(new JobState.Running(new Lease("w", 1, Instant.EPOCH), Step.PLAN));
    Job planned = running.propose("1. Cool <img> it, @eve", Instant.EPOCH);
    Job agreed = planned.approve("ada", Optional.of("go, gently"), Instant.EPOCH);

    assertThat(status.of(running, List.of(), List.of(), MARKER))
        .contains("- [ ] **plan** ← now", "👎 stops me · 😕 asks what I am doing");
    assertThat(status.of(planned, List.of(), List.of(), MARKER))
        .startsWith("@ada, this is what I would do (plan `")
        .contains("1. Cool", "👎 stops me · 🚀 starts this plan")
        .contains(planned.mandate().plan() instanceof Plan.Proposed plan ? plan.mark() : "none")
        .doesNotContain("<img>")
        .doesNotContainPattern("(?<!`)@eve");
    assertThat(status.of(agreed, List.of(), List.of(), MARKER))
        .contains("<details><summary>The plan that ada agreed to</summary>", "go, gently");
  }

  @Test
  void an_end_by_a_limit_says_what_can_be_done_about_it() {
    JobState end = new JobState.Failed("The time is up.", Optional.empty(), true);

    assertThat(status.of(job(end), List.of(), List.of(), MARKER))
        .contains("🚀 gives me the same budget once more");
  }

  @Test
  void what_was_assumed_is_told_with_what_became_of_it() {
    List<Assumption> assumed =
        List.of(
            new Assumption(
                1, "k", "Which\n@eve?", "red <b>", Optional.empty(), Assumption.Fate.OPEN),
            new Assumption(2, "k", "How many?", "two", Optional.empty(), Assumption.Fate.CONFIRMED),
            new Assumption(
                3, "l", "How large?", "small", Optional.empty(), Assumption.Fate.CHANGED),
            new Assumption(4, "m", "Unasked?", "yes", Optional.empty(), Assumption.Fate.VOID));
    JobState running = new JobState.Running(new Lease("w", 1, Instant.EPOCH), Step.REVIEW);

    String text = status.of(job(running), assumed, List.of(), MARKER);

    assertThat(text)
        .contains("@ada: I did not wait for an answer to this")
        .contains("→ red ")
        .contains("- How many? → two (you said the same, so nothing was redone)")
        .contains("- How large? → not small: you said otherwise")
        .doesNotContain("<b>", "Unasked?")
        .doesNotContainPattern("(?<!`)@eve");
    assertThat(status.of(job(new JobState.NoChange("Fine.")), assumed, List.of(), MARKER))
        .containsOnlyOnce("@ada")
        .contains("I did not wait");
    assertThat(status.of(job(running), assumed.subList(1, 2), List.of(), MARKER))
        .contains("What I had assumed")
        .doesNotContain("@ada");
  }

  @Test
  void what_was_not_reached_is_told_with_the_way_to_allow_it() {
    String told =
        status.of(job(new JobState.NoChange("It greets.")), List.of(), story(refused(12)), MARKER);

    assertThat(told)
        .contains("`host1.example:443` (not allowed), `host2.example:443` (not allowed)")
        .contains(" and 2 more. ")
        .contains("`network:` in `.knight.yml`")
        .contains("`knight.network.offer`");
    assertThat(pull(refused(1)))
        .contains(
            "### Network\n\nNot reached from the sandbox: `host1.example:443` (not allowed).");
    assertThat(pull(List.of())).doesNotContain("Network");
  }

  private String pull(List<RefusedHost> refused) {
    Contribution change = new Contribution("t", "s", false, List.of(), List.of(), Optional.empty());
    return pull.body(
        job(new JobState.Queued()), change, COMMITS, refused, false, Duration.ZERO, MARKER);
  }

  private static List<Event> story(List<RefusedHost> refused) {
    return refused.stream()
        .map(host -> Event.of(new JobId(3), Instant.EPOCH, RefusedHost.EVENT, host.sentence()))
        .toList();
  }

  private static List<RefusedHost> refused(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new RefusedHost("host" + i + ".example:443", "not allowed"))
        .toList();
  }

  private static Job job(JobState state) {
    return new Job(
        new JobId(3),
        1,
        new Subject(new RepositoryName("ada", "engine"), 7),
        JobKind.IMPLEMENT,
        "Greet by name",
        new Person(1, "ada"),
        state,
        1,
        1,
        Optional.empty(),
        new Spent(1000, 100, new BigDecimal("0.1234")),
        Setbacks.NONE,
        Optional.empty(),
        Mandate.NEW,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}

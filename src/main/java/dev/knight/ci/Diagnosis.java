package dev.knight.ci;

import dev.knight.github.CheckRun;
import dev.knight.github.Checks;
import dev.knight.github.Conclusion;
import dev.knight.github.WorkflowJob;
import dev.knight.github.WorkflowRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out why the checks of a head are red, before any model is asked. In this order: it ended
 * for a reason that no commit has; it is red on the base as well; it passed on the same commit
 * before, or its log speaks of the machine and not of the code, and is run again; the same command
 * has passed here on the same commit, and is run again once. What is left is the change's.
 */
final class Diagnosis {
  /** A check that failed so often on one commit is not made better by another try. */
  static final int MOST_TRIES = 3;

  /** Remarks on lines that are passed on. */
  private static final int MOST_ANNOTATIONS = 20;

  /** What runners and networks say when they break. A test's own words are seldom among them. */
  private static final Pattern MACHINE =
      Pattern.compile(
          "(?i)runner has received a shutdown signal|lost communication with the server"
              + "|no space left on device|\\b(?:ECONNRESET|ETIMEDOUT|EAI_AGAIN)\\b"
              + "|could not resolve host|temporary failure in name resolution"
              + "|TLS handshake timeout|\\b50[234] (?:bad gateway|service (?:temporarily )?unavailable"
              + "|gateway time-?out)|429 too many requests|received status code 5[0-9]{2} from server"
              + "|toomanyrequests:|the operation was canceled");

  /** Steps that are the runner's own. */
  private static final Pattern RUNNERS_STEP =
      Pattern.compile("(?i)set up job|initialize containers|set up runner|complete job");

  private final Checks checks;
  private final Lookout lookout;

  Diagnosis(Checks checks, Lookout lookout) {
    this.checks = checks;
    this.lookout = lookout;
  }

  /** The cause of each of {@code red}, which are all red checks of {@code head}. */
  List<Cause> of(Head head, List<HeadCheck> red) {
    Actions actions = actions(head);
    Optional<Standing> base = Optional.empty();
    List<Cause> causes = new ArrayList<>();
    for (HeadCheck check : red) {
      Optional<String> ended = ended(check.conclusion());
      if (ended.isPresent()) {
        causes.add(new Cause.Outside(check, ended.get()));
      } else {
        base = base.isPresent() ? base : base(head);
        causes.add(failed(head, check, base, actions));
      }
    }
    return causes;
  }

  /** How the head of the base stands; runs of Actions are found by the commit alone. */
  private Optional<Standing> base(Head head) {
    return checks
        .head(head.repository(), head.base())
        .flatMap(commit -> lookout.look(head.repository(), commit));
  }

  /** How it ended, if that says enough. */
  private static Optional<String> ended(Conclusion conclusion) {
    return switch (conclusion) {
      case CANCELLED -> Optional.of("was cancelled");
      case ACTION_REQUIRED -> Optional.of("waits for a person to let it run");
      case STARTUP_FAILURE -> Optional.of("could not begin: its workflow is broken");
      case STALE -> Optional.of("never ended");
      case UNKNOWN -> Optional.of("ended in a way that I do not know");
      case FAILURE, TIMED_OUT, PENDING, SUCCESS, NEUTRAL, SKIPPED -> Optional.empty();
    };
  }

  private Cause failed(Head head, HeadCheck check, Optional<Standing> base, Actions actions) {
    boolean onBase =
        base.stream()
            .flatMap(standing -> standing.red().stream())
            .anyMatch(there -> there.isSame(check) && there.conclusion() == check.conclusion());
    if (onBase) {
      return new Cause.Outside(check, "fails on `%s` as well".formatted(head.base()));
    }
    Optional<WorkflowJob> job = actions.job(check);
    Optional<String> step = job.flatMap(Diagnosis::step);
    if (check.conclusion() == Conclusion.TIMED_OUT && job.isPresent() && step.isEmpty()) {
      return new Cause.Outside(check, "ran out of time before it had begun");
    }
    Excerpt excerpt = excerpt(head, check, job);
    boolean machine =
        MACHINE.matcher(excerpt.text()).find()
            || step.filter(name -> RUNNERS_STEP.matcher(name).matches()).isPresent();
    if (machine) {
      return again(check, job, actions, MOST_TRIES, "failed by its machine or the network")
          .orElseGet(() -> new Cause.Outside(check, "fails by its machine or the network"));
    }
    if (hasPassed(head, check)) {
      return again(check, job, actions, MOST_TRIES, "passed on the same commit before")
          .orElseGet(() -> new Cause.Outside(check, "passes and fails on the same commit"));
    }
    Optional<Cause> once =
        excerpt.command().filter(head.passed()::contains).isPresent()
            ? again(check, job, actions, 1, "runs what passed here on the same commit")
            : Optional.empty();
    return once.orElseGet(() -> new Cause.Ours(check, step, excerpt));
  }

  /** Another try, if its run has had no more than {@code most} since the first. */
  private static Optional<Cause> again(
      HeadCheck check, Optional<WorkflowJob> job, Actions actions, int most, String why) {
    return job.flatMap(actions::run)
        .filter(run -> run.attempt() <= most)
        .map(run -> new Cause.Flaky(check, run.id(), run.attempt(), why));
  }

  private boolean hasPassed(Head head, HeadCheck check) {
    return check.run().isPresent()
        && checks.tries(head.repository(), head.commit(), check.name()).stream()
            .anyMatch(
                run -> run.app().equals(check.app()) && run.conclusion() == Conclusion.SUCCESS);
  }

  private static Optional<String> step(WorkflowJob job) {
    return job.failed()
        .or(() ->
            job.steps().stream()
                .filter(step -> step.conclusion() == Conclusion.CANCELLED)
                .findFirst())
        .map(WorkflowJob.Step::name);
  }

  private Excerpt excerpt(Head head, HeadCheck check, Optional<WorkflowJob> job) {
    return job.flatMap(it -> checks.log(head.repository(), it.id()))
        .map(Excerpt::of)
        .orElseGet(() -> Excerpt.said(said(head, check)));
  }

  private String said(Head head, HeadCheck check) {
    List<String> annotations =
        check.run().isPresent()
            ? checks.annotations(head.repository(), check.run().getAsLong())
            : List.of();
    return Stream.concat(Stream.of(check.said()), annotations.stream().limit(MOST_ANNOTATIONS))
        .filter(line -> !line.isBlank())
        .reduce("", (text, line) -> text + line + "\n");
  }

  /** The runs of Actions on a commit, and the jobs of those that are red. */
  private record Actions(Map<Long, WorkflowRun> runs, List<WorkflowJob> jobs) {
    /** The job that a check is: it bears its number, or, on an older server, its name alone. */
    Optional<WorkflowJob> job(HeadCheck check) {
      Optional<WorkflowJob> numbered =
          jobs.stream()
              .filter(job -> check.run().isPresent() && job.id() == check.run().getAsLong())
              .findFirst();
      return numbered.or(() ->
          jobs.stream()
              .filter(job -> check.app().equals(CheckRun.ACTIONS))
              .filter(job -> job.name().equals(check.name()))
              .findFirst());
    }

    Optional<WorkflowRun> run(WorkflowJob job) {
      return Optional.ofNullable(runs.get(job.run()));
    }
  }

  private Actions actions(Head head) {
    Map<Long, WorkflowRun> runs = new HashMap<>();
    List<WorkflowJob> jobs = new ArrayList<>();
    for (WorkflowRun run : checks.workflows(head.repository(), head.commit()).orElse(List.of())) {
      runs.put(run.id(), run);
      if (!run.conclusion().isFine()) {
        jobs.addAll(checks.jobs(head.repository(), run.id()));
      }
    }
    return new Actions(runs, jobs);
  }
}

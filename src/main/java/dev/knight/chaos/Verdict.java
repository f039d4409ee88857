package dev.knight.chaos;

import dev.knight.api.JobView;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Looks at the stand-in, as a person would look at GitHub, and at the jobs: what is there for each
 * mention, and what is not as it has to be.
 */
final class Verdict {
  private static final Set<String> OVER = Set.of("done", "no-change", "failed", "stopped");
  private static final String TAG = "@" + RehearsalWorld.MAINTAINER;

  private final World world;
  private final List<JobView> jobs;
  private final List<String> complaints = new ArrayList<>();
  private int unfinished;
  private int lost;
  private int pullRequests;
  private int comments;
  private int branches;
  private int silent;

  private Verdict(World world, List<JobView> jobs) {
    this.world = world;
    this.jobs = jobs;
  }

  /**
   * Judges.
   *
   * @param issues the mentions
   * @param questions how often the job of a mention asked its requester something
   */
  static Verdict of(
      World world, List<Subject> issues, List<JobView> jobs, IntUnaryOperator questions) {
    Verdict verdict = new Verdict(world, jobs);
    for (int index = 0; index < issues.size(); index++) {
      verdict.judge(issues.get(index), questions.applyAsInt(index + 1));
    }
    return verdict;
  }

  static boolean isOver(JobView job) {
    return OVER.contains(job.state());
  }

  private void judge(Subject issue, int questions) {
    List<JobView> own = jobs.stream().filter(job -> job.number() == issue.number()).toList();
    List<Comment> said =
        world.comments(issue).stream()
            .filter(comment -> comment.author().login().equals(RehearsalWorld.KNIGHT))
            .toList();
    judgeJob(issue, own);
    if (own.size() > 1) {
      lost++;
      complain(issue, "has %d jobs".formatted(own.size()));
    }
    if (said.size() > 1) {
      comments += said.size() - 1;
      complain(issue, "has %d comments of knight's".formatted(said.size()));
    }
    judgeReactions(issue);
    judgeWord(issue, own, said, questions);
  }

  private void judgeJob(Subject issue, List<JobView> own) {
    if (own.isEmpty() || !isOver(own.getFirst())) {
      unfinished++;
      lost++;
      complain(
          issue,
          own.isEmpty() ? "has no job" : "has a job that is not over: " + own.getFirst().state());
      return;
    }
    String start = "knight/" + issue.number() + "-";
    List<Issue> pulls =
        world.pullRequests(RehearsalWorld.REPOSITORY).stream()
            .filter(pull -> pull.pull().orElseThrow().head().startsWith(start))
            .toList();
    long heads =
        world.branches(RehearsalWorld.REPOSITORY).stream()
            .filter(branch -> branch.startsWith(start))
            .count();
    pullRequests += Math.max(0, pulls.size() - 1);
    branches += (int) Math.max(0, heads - 1);
    if (pulls.size() > 1 || heads > 1) {
      complain(issue, "has %d pull requests and %d branches".formatted(pulls.size(), heads));
    }
    if (own.getFirst().state().equals("done") && (pulls.isEmpty() || !isMended(pulls.getFirst()))) {
      lost++;
      complain(issue, "is done without its change");
    }
  }

  private boolean isMended(Issue pull) {
    return world
        .file(RehearsalWorld.REPOSITORY, pull.pull().orElseThrow().head(), "greet.sh")
        .orElse("")
        .contains("set -- world");
  }

  private void judgeReactions(Subject issue) {
    Reaction.Target asked = new Reaction.Target(Reaction.Kind.ISSUE, issue.number());
    if (world.reactions(RehearsalWorld.REPOSITORY, asked).size() != 1) {
      unfinished++;
      silent++;
      complain(issue, "did not get exactly one reaction");
    }
  }

  private void judgeWord(Subject issue, List<JobView> own, List<Comment> said, int questions) {
    long tags =
        world.notifications(RehearsalWorld.MAINTAINER).stream()
            .filter(told -> told.subject().equals(issue))
            .count();
    boolean over = !own.isEmpty() && isOver(own.getFirst());
    boolean last = !said.isEmpty() && said.getFirst().body().startsWith(TAG);
    if (over && (!last || tags < 1)) {
      unfinished++;
      silent++;
      complain(issue, "is over without a final word");
    } else if (tags > 1 + questions) {
      silent++;
      complain(
          issue, "tagged its requester %d times, with %d questions".formatted(tags, questions));
    }
  }

  private void complain(Subject issue, String what) {
    complaints.add(issue + " " + what);
  }

  /** Whether nothing more is to be waited for. */
  boolean isSettled() {
    return unfinished == 0;
  }

  int lost() {
    return lost;
  }

  int pullRequests() {
    return pullRequests;
  }

  int comments() {
    return comments;
  }

  int branches() {
    return branches;
  }

  int silent() {
    return silent;
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }
}

package dev.knight.simulation;

import dev.knight.fake.FakeGitHub;
import dev.knight.fake.FakeRepository;
import dev.knight.github.Comment;
import dev.knight.github.PullRequest;
import dev.knight.job.Effect;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Finished;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be so once the world is at rest, whatever went wrong in it. */
final class Invariants {
  private static final Pattern JOB = Pattern.compile("<sub>knight · job (\\d+)\\b");

  private final World world;
  private final People people;
  private final Checks checks;
  private final Map<JobId, Finished> ends = new HashMap<>();

  Invariants(World world, People people, Checks checks) {
    this.world = world;
    this.people = people;
    this.checks = checks;
  }

  /** What is not at rest; empty if all is. */
  String unrest() {
    for (String mention : people.mentions().keySet()) {
      if (world.store().mention(mention).isEmpty()) {
        return "mention " + mention + " is not taken";
      }
    }
    for (Job job : world.store().jobs(1_000)) {
      if (!job.isFinished()) {
        return "job " + job.id() + " is " + job.state();
      }
      if (world.store().told(job.id()).filter(told -> told.version() >= job.version()).isEmpty()) {
        return "job " + job.id() + " is not told";
      }
    }
    if (!world.store().toCheck().isEmpty()) {
      return "to check: " + world.store().toCheck();
    }
    return world.store().unsettled(Effect.Kind.REACTION).isEmpty() ? "" : "a reaction is due";
  }

  void hold() {
    mentionsAreServed();
    for (Job job : world.store().jobs(1_000)) {
      isOver(job);
      isToldOnce(job);
      staysInBudget(job);
      isReleasedByWhoMay(job);
    }
    for (RepositoryName repository : world.repositories()) {
      isPublishedOnce(repository);
    }
  }

  /** I1, I2: each mention is in one job; nobody else's is in any. */
  private void mentionsAreServed() {
    for (Map.Entry<String, Subject> mention : people.mentions().entrySet()) {
      Optional<StoredMention> stored = world.store().mention(mention.getKey());
      demand(stored.isPresent(), "I1: mention " + mention.getKey() + " is lost");
      Job job = world.store().find(stored.orElseThrow().job()).orElseThrow();
      demand(
          job.subject().equals(mention.getValue()),
          "I2: mention " + mention.getKey() + " is served by job " + job.id());
    }
    for (String stranger : people.strangers()) {
      demand(world.store().mention(stranger).isEmpty(), "I2: a stranger commands: " + stranger);
    }
  }

  /** I10: a job that is over stays as it is. */
  void stays(Job job) {
    Finished end = ends.get(job.id());
    demand(
        end == null || end.word().equals(job.state().word()),
        "I10: job %s was %s and is %s".formatted(job.id(), end, job.state()));
    if (job.state() instanceof Finished over) {
      ends.put(job.id(), over);
    }
  }

  /** I7, I12, and no end by a mistake of knight's own. */
  private void isOver(Job job) {
    demand(job.isFinished(), "I7: job " + job.id() + " is " + job.state());
    String story = world.store().events(job.id(), 0).toString();
    demand(!story.contains("knight itself failed"), "a bug ended an attempt at job " + job.id());
  }

  /** I4: one status comment, with the final word, in which the requester is tagged once. */
  private void isToldOnce(Job job) {
    List<Comment> comments = statusOf(job);
    if (people.deletedStatus(job.subject()) && comments.isEmpty()) {
      return;
    }
    demand(
        comments.size() == 1,
        "I4: job %s has %d status comments".formatted(job.id(), comments.size()));
    String body = comments.getFirst().body();
    int tags = body.split("@" + job.requester().login() + "\\b", -1).length - 1;
    demand(tags == 1, "the requester is tagged %d times by job %s".formatted(tags, job.id()));
    demand(!body.contains("I am on it"), "the last word of job " + job.id() + " is none: " + body);
  }

  private List<Comment> statusOf(Job job) {
    return world.github().at(job.subject().repository()).comments().all().stream()
        .filter(comment -> comment.author().equals(Optional.of(FakeGitHub.KNIGHT)))
        .filter(comment -> isOf(job, comment.body()))
        .toList();
  }

  private static boolean isOf(Job job, String text) {
    Matcher footer = JOB.matcher(text);
    return footer.find() && footer.group(1).equals(job.id().toString());
  }

  /** I6: no more than the budget, and the request in which it was used up. */
  private void staysInBudget(Job job) {
    BigDecimal cost =
        world.agent().costs(job.id()).values().stream()
            .map(Spent::usd)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    demand(
        cost.compareTo(Life.BUDGET.add(Mind.DEAREST)) <= 0,
        "I6: job %s has cost %s".formatted(job.id(), cost));
  }

  /** I5: eve approves of everything, and may command nothing. */
  private void isReleasedByWhoMay(Job job) {
    Optional<String> by = job.hold().flatMap(Hold::releasedBy);
    demand(
        by.filter(who -> !List.of("ada", "knight release").contains(who)).isEmpty(),
        "I5: job %s was let through by %s".formatted(job.id(), by));
  }

  /** I3: no branch and no pull request that no job needs; I5: what was pushed was checked. */
  private void isPublishedOnce(RepositoryName name) {
    FakeRepository there = world.github().at(name);
    List<Job> jobs = new ArrayList<>(world.store().jobs(1_000));
    jobs.removeIf(job -> !job.subject().repository().equals(name));
    List<String> branches =
        there.branches().keySet().stream().filter(branch -> branch.startsWith("knight/")).toList();
    Map<String, Integer> pulls = new HashMap<>();
    for (PullRequest pull : there.pulls()) {
      int many = pulls.merge(pull.headRef(), 1, Integer::sum);
      demand(many == 1, "I3: %d pull requests for %s".formatted(many, pull.headRef()));
      demand(branches.contains(pull.headRef()), "I3: no branch " + pull.headRef());
    }
    for (Job job : jobs) {
      long own = branches.stream().filter(branch -> isOf(job, branch, jobs)).count();
      demand(own <= 1, "I3: job %s has branches %s".formatted(job.id(), branches));
      List<String> opened = opened(job);
      demand(opened.size() <= 1, "I3: job %s has pull requests %s".formatted(job.id(), opened));
      if (job.state() instanceof Done(var page, boolean _, String _)) {
        demand(
            there.pulls().stream().filter(pull -> pull.link().equals(page)).count() == 1,
            "I3: there is no pull request " + page);
      }
    }
    for (String branch : branches) {
      Map<String, String> files =
          world.git().files(name, there.branches().getOrDefault(branch, ""));
      demand(
          !files.containsKey(".knight.yml") || checks.haveSeen(files),
          "I5: what was pushed to %s was never checked: %s".formatted(branch, files));
      boolean released =
          jobs.stream()
              .filter(job -> job.branch().equals(Optional.of(branch)))
              .anyMatch(job -> job.hold().filter(Hold::isReleased).isPresent());
      demand(
          !files.containsKey(Mind.HELD) || released,
          "I5: what was pushed to %s was held, and nobody let it through".formatted(branch));
    }
  }

  /** The branches of which {@code job} has opened a pull request. */
  private List<String> opened(Job job) {
    return world.store().effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.PULL_REQUEST)
        .filter(effect -> effect.state() == Effect.State.DONE)
        .map(Effect::key)
        .toList();
  }

  /** A job may share the branch of an earlier one of its issue, and then has none of its own. */
  private static boolean isOf(Job job, String branch, List<Job> jobs) {
    boolean alone =
        jobs.stream().filter(other -> other.subject().equals(job.subject())).count() == 1;
    return alone
        ? branch.startsWith("knight/" + job.subject().number() + "-")
        : job.branch().equals(Optional.of(branch));
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw broken(otherwise);
    }
  }

  AssertionError broken(String what) {
    return new AssertionError(
        """
        %s
        %s
        Again: scripts/test -Dtest=SimulationTest -Dsimulation.seed=%d
        """
            .formatted(world.trace(), what, world.seed()));
  }
}

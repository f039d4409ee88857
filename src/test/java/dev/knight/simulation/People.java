package dev.knight.simulation;

import dev.knight.fake.FakeGitHub;
import dev.knight.fake.FakeRepository;
import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.Issue;
import dev.knight.github.Permission;
import dev.knight.github.PullRequest;
import dev.knight.github.Reaction;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What people do: they ask, add, call off; and who may not command tries to. */
final class People {
  static final Account ADA = new Account(2, "ada", false);
  private static final Account EVE = new Account(3, "eve", false);
  private static final List<String> TITLES =
      List.of("Pump stalls", "Valve sticks", "Gauge lies", "Belt slips");

  private final World world;
  private final PriorityQueue<Deed> deeds = new PriorityQueue<>(Comparator.comparing(Deed::at));
  private final Map<String, Subject> mentions = new LinkedHashMap<>();
  private final Set<String> strangers = new HashSet<>();
  private final Set<Subject> silenced = new HashSet<>();
  private long order;
  private boolean acting;

  People(World world) {
    this.world = world;
  }

  private record Deed(Instant at, long order, Runnable deed) {}

  /** Makes the repositories. */
  void build(List<RepositoryName> names) {
    RandomGenerator dice = world.dice();
    world.github().permit(ADA, Permission.WRITE);
    world.github().permit(EVE, Permission.READ);
    int number = dice.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < number; i++) {
      RepositoryName name = new RepositoryName("ada", i == 0 ? "engine" : "notes");
      names.add(name);
      world.github().add(name);
      boolean checked = dice.nextInt(3) > 0;
      world
          .git()
          .commit(
              name,
              "main",
              checked
                  ? Map.of(
                      "README.md", "Hello\n", ".knight.yml", "setup: prepare\nverify: [make]\n")
                  : Map.of("README.md", "Hello\n"));
    }
  }

  /** From now on they have wishes. */
  void begin() {
    RandomGenerator dice = world.dice();
    for (RepositoryName name : world.repositories()) {
      int issues = 1 + dice.nextInt(2);
      for (int i = 0; i < issues; i++) {
        int at = dice.nextInt(600);
        String title = TITLES.get(i);
        boolean inBody = dice.nextBoolean();
        later(at, () -> ask(name, title, inBody));
      }
    }
  }

  private void ask(RepositoryName name, String title, boolean inBody) {
    RandomGenerator dice = world.dice();
    FakeRepository there = world.github().at(name);
    Issue issue = there.issue(ADA, title, inBody ? "@knight please mend it" : "It is broken.");
    Subject subject = issue.subject();
    if (inBody) {
      asked(issue.nodeId(), subject);
    } else {
      later(1 + dice.nextInt(60), () -> comment(subject, "@knight please mend it"));
    }
    if (dice.nextInt(3) == 0) {
      later(dice.nextInt(900), () -> comment(subject, "@knight mind the valve, too"));
    }
    if (dice.nextInt(3) == 0) {
      later(dice.nextInt(900), () -> intrude(subject));
    }
    if (dice.nextInt(8) == 0) {
      later(dice.nextInt(900), () -> callOff(subject));
    }
    if (dice.nextInt(10) == 0) {
      later(dice.nextInt(900), () -> deleteStatus(subject));
    }
    if (dice.nextInt(10) == 0) {
      later(300 + dice.nextInt(900), () -> closePull(subject));
    }
    for (int i = 0; i < 3; i++) {
      later(200 + dice.nextInt(900), () -> approve(subject));
    }
  }

  private void comment(Subject subject, String words) {
    Comment comment = world.github().at(subject.repository()).comment(subject.number(), ADA, words);
    asked(comment.nodeId(), subject);
  }

  private void asked(String nodeId, Subject subject) {
    mentions.put(nodeId, subject);
    world.tell("ada asks in " + subject + " (" + nodeId + ")");
  }

  private void intrude(Subject subject) {
    Comment comment =
        world.github().at(subject.repository()).comment(subject.number(), EVE, "@knight obey me");
    strangers.add(comment.nodeId());
  }

  /** As {@code knight stop} does. */
  private void callOff(Subject subject) {
    for (Job job : world.store().jobs(100)) {
      if (job.subject().equals(subject) && !job.isFinished()) {
        world.tell("job " + job.id() + " is called off");
        Instant now = world.clock().instant();
        world
            .store()
            .replace(
                job,
                job.stop("Called off.", now),
                List.of(Event.of(job.id(), now, "finished", "stopped")));
      }
    }
  }

  private void deleteStatus(Subject subject) {
    FakeRepository there = world.github().at(subject.repository());
    for (Comment comment : there.comments().all()) {
      if (comment.subject().equals(subject)
          && comment.author().equals(Optional.of(FakeGitHub.KNIGHT))) {
        world.tell("ada deletes comment " + comment.id());
        there.delete(comment.id());
        silenced.add(subject);
      }
    }
  }

  private void approve(Subject subject) {
    for (Job job : world.store().jobs(100)) {
      if (job.subject().equals(subject) && !job.isFinished()) {
        approve(job, world.dice().nextInt(4) > 0);
      }
    }
  }

  private void closePull(Subject subject) {
    FakeRepository there = world.github().at(subject.repository());
    for (PullRequest pull : there.pulls()) {
      if (pull.open() && pull.headRef().startsWith("knight/" + subject.number() + "-")) {
        world.tell("ada closes #" + pull.subject().number());
        there.close(pull.subject().number());
      }
    }
  }

  /** Whether somebody deleted a status comment there. */
  boolean deletedStatus(Subject subject) {
    return silenced.contains(subject);
  }

  /** Answers what knight asks. */
  void answer() {
    for (Job job : world.store().jobs(100)) {
      if (job.isHeld() && deeds.isEmpty()) {
        approve(job, world.dice().nextInt(3) > 0);
        later(300, () -> {});
      } else if (job.state() instanceof NeedsYou && deeds.isEmpty()) {
        comment(job.subject(), "@knight do as you think best");
        later(600, () -> {});
      }
    }
  }

  /** By a 👍 on what knight shows, whatever that is; or as {@code knight release} does. */
  private void approve(Job job, boolean byThumb) {
    FakeRepository there = world.github().at(job.subject().repository());
    List<Comment> shown =
        there.comments().all().stream()
            .filter(comment -> comment.subject().equals(job.subject()))
            .filter(comment -> comment.author().equals(Optional.of(FakeGitHub.KNIGHT)))
            .toList();
    if (byThumb && !shown.isEmpty()) {
      world.tell("ada and eve approve of job " + job.id());
      there.react(shown.getLast().id(), EVE, Reaction.THUMBS_UP);
      there.react(shown.getLast().id(), ADA, Reaction.THUMBS_UP);
    } else if (job.isHeld()) {
      world.tell("job " + job.id() + " is let through");
      Instant now = world.clock().instant();
      Event told = Event.of(job.id(), now, "let-through", "by hand");
      world.store().replace(job, job.letThrough("knight release", now), List.of(told));
    }
  }

  /** Does what is due. */
  void act() {
    while (!acting && !deeds.isEmpty() && !deeds.peek().at().isAfter(world.now())) {
      acting = true;
      try {
        deeds.remove().deed().run();
      } finally {
        acting = false;
      }
    }
  }

  boolean areDone() {
    return deeds.isEmpty();
  }

  /** The node ids of all that was asked by those who may, with where. */
  Map<String, Subject> mentions() {
    return mentions;
  }

  /** The node ids of what was asked by those who may not. */
  Set<String> strangers() {
    return strangers;
  }

  private void later(long seconds, Runnable deed) {
    deeds.add(new Deed(world.now().plusSeconds(seconds), order++, deed));
  }
}

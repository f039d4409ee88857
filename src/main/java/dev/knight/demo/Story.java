package dev.knight.demo;

import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.cli.DaemonClient;
import dev.knight.cli.Terminal;
import dev.knight.cli.Tone;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import dev.knight.rehearsal.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What of a rehearsal's one job has been told so far. */
final class Story {
  private static final Set<String> OVER = Set.of("done", "no-change", "failed", "stopped");

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Terminal terminal;
  private long told;
  private int comments;

  Story(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Tells that {@code who} did {@code what}. */
  static void say(Terminal terminal, String who, String what) {
    terminal.out().println(terminal.painted(tone(who), "%-10s".formatted(who)) + " " + what);
    terminal.out().flush();
  }

  private static Tone tone(String who) {
    return switch (who) {
      case RehearsalWorld.MAINTAINER, "accepted" -> Tone.PERSON;
      case "effect", "finished" -> Tone.GOOD;
      case "github", "model", "knight" -> Tone.QUIET;
      case "verify", "review" -> Tone.LATER;
      default -> Tone.PLAIN;
    };
  }

  /**
   * Opens the rehearsal's issue in {@code world}, and tells what comes of it until its job is over,
   * or {@code service} is, at most for {@code patience}.
   *
   * @return the issue
   */
  Subject tell(World world, KnightHome home, RehearsedService service, Duration patience)
      throws InterruptedException {
    Subject issue = RehearsalWorld.openIssue(world);
    say(
        terminal,
        RehearsalWorld.MAINTAINER,
        "opens issue #%d: %s".formatted(issue.number(), RehearsalWorld.TITLE));
    long end = System.nanoTime() + patience.toNanos();
    while (!look(world, issue, home) && service.isAlive() && System.nanoTime() < end) {
      Thread.sleep(BETWEEN_LOOKS);
    }
    return issue;
  }

  /** Tells what is new; returns whether the job is over and GitHub shows its end. */
  private boolean look(World world, Subject issue, KnightHome home) {
    List<JobView> jobs = DaemonClient.of(home).map(client -> client.jobs(1)).orElse(List.of());
    if (jobs.isEmpty()) {
      return false;
    }
    JobDetails job = DaemonClient.of(home).orElseThrow().show(jobs.getFirst().id());
    for (EventView event : job.events()) {
      if (event.sequence() > told) {
        say(terminal, event.kind(), PlainText.line(event.text()));
        told = event.sequence();
      }
    }
    List<Comment> now = world.comments(issue);
    if (now.size() > comments) {
      comments = now.size();
      say(terminal, "github", "knight reacted with 👀 and keeps one comment up to date");
    }
    boolean tagged =
        now.stream().anyMatch(said -> said.body().contains("@" + RehearsalWorld.MAINTAINER));
    return OVER.contains(jobs.getFirst().state()) && tagged;
  }
}

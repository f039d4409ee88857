package dev.knight.demo;

import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobView;
import dev.knight.cli.DaemonClient;
import dev.knight.cli.Demo;
import dev.knight.cli.ExitCodes;
import dev.knight.cli.Terminal;
import dev.knight.cli.Tone;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.PlainText;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Rehearsal;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Plays one job from the mention to the pull request and tells of each step as it happens. */
public final class Rehearse implements Demo {
  private static final Set<String> OVER = Set.of("done", "no-change", "failed", "stopped");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** The whole of it takes half a minute; nobody waits longer than this. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Pattern MARK = Pattern.compile("<!--.*?-->\\R?|</?sub>", Pattern.DOTALL);
  private static final String SANDBOX = "KNIGHT_SANDBOX";
  private static final String MODEL_KEY = "sk-rehearsal-only";

  private final List<String> self;
  private final Map<String, String> environment;
  private final Function<KnightHome, Optional<String>> obstacle;

  /**
   * Nothing is started yet.
   *
   * @param self the words that run knight itself
   * @param environment of this process: where programs are found, and which pi
   * @param obstacle why there can be no sandbox for a home; empty where there can
   */
  public Rehearse(
      List<String> self,
      Map<String, String> environment,
      Function<KnightHome, Optional<String>> obstacle) {
    this.self = List.copyOf(self);
    this.environment = Map.copyOf(environment);
    this.obstacle = obstacle;
  }

  @Override
  public int play(boolean keep, Terminal terminal) {
    try {
      Path directory = Files.createTempDirectory("knight-demo");
      try {
        return play(directory, keep, terminal);
      } finally {
        if (!keep) {
          delete(directory);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return ExitCodes.FAILED;
    }
  }

  private int play(Path directory, boolean keep, Terminal terminal)
      throws IOException, InterruptedException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    home.make(home.root());
    List<String> options =
        List.of(
            "--directory",
            directory.resolve("github").toString(),
            "--model-key",
            MODEL_KEY,
            "--latency-ms",
            "300");
    try (Rehearsal rehearsal = Rehearsal.start(options)) {
      say(terminal, "github", "A stand-in for GitHub plays at " + rehearsal.gitHub().webUrl());
      say(terminal, "model", "A scripted model answers at " + rehearsal.model().baseUrl());
      try (RehearsedService service =
          RehearsedService.start(
              self,
              RehearsedService.settings(home, rehearsal.gitHub(), rehearsal.model(), MODEL_KEY),
              confined(home, terminal))) {
        say(terminal, "knight", service.awaitReadiness());
        int exitCode = job(rehearsal.gitHub().world(), home, service, terminal);
        if (keep) {
          keep(directory, rehearsal, terminal);
        }
        return exitCode;
      }
    }
  }

  /** Nothing hostile plays here, so a machine without a sandbox can see the play too. */
  private Map<String, String> confined(KnightHome home, Terminal terminal) {
    if (environment.containsKey(SANDBOX)) {
      return environment;
    }
    Map<String, String> open = new HashMap<>(environment);
    obstacle
        .apply(home)
        .ifPresent(reason -> {
          say(terminal, "sandbox", "None, for the rehearsal alone. " + reason);
          open.put(SANDBOX, "none");
        });
    return open;
  }

  private static int job(World world, KnightHome home, RehearsedService service, Terminal terminal)
      throws InterruptedException {
    Subject issue = RehearsalWorld.openIssue(world);
    say(
        terminal,
        RehearsalWorld.MAINTAINER,
        "opens issue #%d: %s".formatted(issue.number(), RehearsalWorld.TITLE));
    Story story = new Story(terminal);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!story.look(world, issue, home) && service.isAlive() && System.nanoTime() < end) {
      Thread.sleep(BETWEEN_LOOKS);
    }
    List<String> complaints = Verdict.complaints(world, issue);
    world.pullRequests(RehearsalWorld.REPOSITORY).forEach(pull -> show(world, pull, terminal));
    world.comments(issue).forEach(comment -> show(comment, terminal));
    if (complaints.isEmpty()) {
      terminal
          .out()
          .println(
              terminal.painted(
                  Tone.GOOD,
                  "\nThe rehearsal came out right: one mention, one pull request, one answer."));
      terminal.out().flush();
      return ExitCodes.DONE;
    }
    terminal.out().println("\nThe rehearsal went wrong: " + String.join("; ", complaints) + ".");
    terminal.out().println(PlainText.lines(service.said()));
    terminal.out().flush();
    return ExitCodes.FAILED;
  }

  private static void show(World world, Issue pull, Terminal terminal) {
    String branch = pull.pull().orElseThrow().head();
    head(terminal, "the change, on " + branch);
    world
        .diff(RehearsalWorld.REPOSITORY, branch)
        .lines()
        .forEach(line -> terminal.out().println(terminal.painted(side(line), line)));
    head(terminal, "pull request #%d: %s".formatted(pull.number(), pull.title()));
    terminal.out().println(seen(pull.body()));
  }

  private static void show(Comment comment, Terminal terminal) {
    head(terminal, comment.author().login() + " comments");
    terminal.out().println(seen(comment.body()));
  }

  private static void head(Terminal terminal, String what) {
    terminal.out().println("\n" + terminal.painted(Tone.STRONG, "──── " + what));
  }

  private static Tone side(String line) {
    if (line.startsWith("+")) {
      return Tone.GOOD;
    }
    return line.startsWith("-") ? Tone.BAD : Tone.PLAIN;
  }

  /** As GitHub shows it: without the marks by which knight finds it again. */
  private static String seen(String body) {
    return PlainText.lines(MARK.matcher(body).replaceAll("")).strip();
  }

  private static void keep(Path directory, Rehearsal rehearsal, Terminal terminal)
      throws InterruptedException {
    terminal
        .out()
        .printf(
            "%nEverything is left running until you press Ctrl-C:%n"
                + "  git clone %s/%s.git%n  KNIGHT_HOME=%s knight jobs%n  KNIGHT_HOME=%s knight show 1%n",
            rehearsal.gitHub().webUrl(),
            RehearsalWorld.REPOSITORY,
            directory.resolve("home"),
            directory.resolve("home"));
    terminal.out().flush();
    new CountDownLatch(1).await();
  }

  private static void say(Terminal terminal, String who, String what) {
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

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** What has been told so far. */
  private static final class Story {
    private final Terminal terminal;
    private long told;
    private int comments;

    Story(Terminal terminal) {
      this.terminal = terminal;
    }

    /** Tells what is new; returns whether the job is over and GitHub shows its end. */
    boolean look(World world, Subject issue, KnightHome home) {
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
}

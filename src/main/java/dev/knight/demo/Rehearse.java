package dev.knight.demo;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Plays one job from the mention to the pull request and tells of each step as it happens. */
public final class Rehearse implements Demo {
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
    return Play.play("knight-demo", keep, directory -> play(directory, keep, terminal));
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
      Story.say(
          terminal, "github", "A stand-in for GitHub plays at " + rehearsal.gitHub().webUrl());
      Story.say(terminal, "model", "A scripted model answers at " + rehearsal.model().baseUrl());
      try (RehearsedService service =
          RehearsedService.start(
              self,
              RehearsedService.settings(home, rehearsal.gitHub(), rehearsal.model(), MODEL_KEY),
              confined(home, terminal))) {
        Story.say(terminal, "knight", service.awaitReadiness());
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
          Story.say(terminal, "sandbox", "None, for the rehearsal alone. " + reason);
          open.put(SANDBOX, "none");
        });
    return open;
  }

  private static int job(World world, KnightHome home, RehearsedService service, Terminal terminal)
      throws InterruptedException {
    Subject issue = new Story(terminal).tell(world, home, service, PATIENCE);
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
                + "  git clone %1$s/%2$s.git%n  KNIGHT_HOME=%3$s knight show 1%n"
                + "  KNIGHT_HOME=%3$s knight open%n",
            rehearsal.gitHub().webUrl(), RehearsalWorld.REPOSITORY, directory.resolve("home"));
    terminal.out().flush();
    new CountDownLatch(1).await();
  }
}

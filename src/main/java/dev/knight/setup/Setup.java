package dev.knight.setup;

import dev.knight.doctor.HttpWeb;
import dev.knight.job.RepositoryName;
import dev.knight.setup.Answers.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The questions in their order, what is written for the answers, and how knight runs then. */
public final class Setup {
  private final House house;
  private final Circumstances here;
  private final Answers answers;
  private final Screen screen;

  /**
   * Where setup speaks and listens.
   *
   * @param hasKeys whether a person sits there, at a terminal that can be drawn on
   * @param width how many columns a line has
   */
  public record Screen(
      BufferedReader in, PrintWriter out, boolean hasKeys, boolean isColoured, int width) {}

  /** Nothing is asked yet. */
  public Setup(House house, Circumstances here, Answers answers, Screen screen) {
    this.house = house;
    this.here = here;
    this.answers = answers;
    this.screen = screen;
  }

  /**
   * Asks, writes, and starts knight.
   *
   * @return the exit code
   * @throws LeftException when the person leaves before anything was written
   */
  public int run() {
    Optional<Keys> keys =
        screen.hasKeys() && !answers.isSilent() ? Keys.open(screen.isColoured()) : Optional.empty();
    Starting starting;
    try (Closing _ = () -> keys.ifPresent(Keys::close);
        HttpWeb web = new HttpWeb()) {
      starting = asked(asker(keys), web);
    }
    // The terminal is the program's own again by now.
    return starting.run();
  }

  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  private Asker asker(Optional<Keys> keys) {
    if (keys.isPresent()) {
      return keys.get();
    }
    return answers.isSilent() || answers.gitHub().isTokenTyped()
        ? new Nobody()
        : new Lines(screen.in(), screen.out());
  }

  private Starting asked(Asker asker, HttpWeb web) {
    Voice voice = new Voice(screen.out(), screen.isColoured(), screen.width());
    Written written = new Written(here, house);
    greet(voice, written);
    Tools tools = new Tools(here.home(), here.environment());
    GitHubStep.Done signedIn =
        new GitHubStep(asker, voice, house, web, here)
            .ask(written.draft(), answers.gitHub(), typed());
    Draft draft =
        new RepositoryStep(asker, voice, web, here)
            .ask(signedIn.draft(), signedIn.access(), answers.repositories());
    AgentStep.Done agent = new AgentStep(asker, voice, tools, here).ask(draft, answers.pi());
    draft =
        new ModelStep(asker, voice, house, web, here)
            .ask(agent.draft(), answers.model(), agent.pi());
    boolean isHeld = new SandboxStep(asker, voice, house, tools, here).holds();
    Run run = new RunStep(asker, voice, house, here).ask(answers.run(), isHeld);
    // In a container all ports are free, and its health is asked for at the usual one.
    if (run != Run.DOCKER && !house.isServing()) {
      draft = new PortStep(asker, voice).ask(draft);
    }
    write(asker, voice, written, draft);
    return new Starting(voice, house, here, run, draft, ending(draft, signedIn.access()));
  }

  private void greet(Voice voice, Written written) {
    voice.say(
        written.isNew()
            ? "knight init: a few questions, and then the first pull request."
            : "knight init: %s is there. What it says is offered, and stays unless you change it."
                .formatted(here.file()));
    voice.aside("Ctrl-C leaves at any time; nothing is written before you have seen it.");
  }

  private Optional<String> typed() {
    if (!answers.gitHub().isTokenTyped()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(screen.in().readLine()).map(String::strip);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void write(Asker asker, Voice voice, Written written, Draft draft) {
    List<String> difference = written.difference(draft);
    voice.heading("What is written");
    if (difference.isEmpty()) {
      voice.say("Nothing: all of it is there already.");
      return;
    }
    difference.forEach(voice::difference);
    voice.say("");
    if (!asker.agree(new Question("Write that?", "--yes"), true)) {
      throw new LeftException();
    }
    written.write(draft);
    voice.good("written");
    Overridden.keys(draft)
        .forEach(key ->
            voice.doubtful(
                "%s is in the environment, too, which goes before what is written"
                    .formatted(Draft.variable(key))));
  }

  private static List<String> ending(Draft draft, Access access) {
    RepositoryName repository =
        RepositoryName.parse(
            draft.value(RepositoryStep.REPOSITORIES).orElseThrow().split(",", 2)[0].strip());
    List<String> lines = new ArrayList<>();
    lines.add("Now open an issue in %s and paste this:".formatted(repository));
    lines.add("");
    lines.add(
        "    %s please add a CONTRIBUTING.md that says how to build and test this project"
            .formatted(access.mention()));
    lines.add("");
    lines.add(access.page("/" + repository + "/issues/new"));
    return lines;
  }
}

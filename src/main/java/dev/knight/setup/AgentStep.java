package dev.knight.setup;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.util.Optional;

/** The coding agent: found, or installed with consent. */
final class AgentStep {
  static final String COMMAND = "knight.agent.command";

  private final Asker asker;
  private final Voice voice;
  private final Tools tools;
  private final Circumstances here;

  AgentStep(Asker asker, Voice voice, Tools tools, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.tools = tools;
    this.here = here;
  }

  /** The settings with the agent, and the agent. */
  record Done(Draft draft, Pi pi) {}

  /**
   * Finds it or installs it.
   *
   * @param said where it is, if that was said
   * @throws MisconfiguredException if there is none that knight can drive
   */
  Done ask(Draft draft, Optional<Path> said) {
    voice.heading("The coding agent, pi");
    Pi pi = said.map(this::named).orElseGet(() -> found(draft));
    voice.good("pi %s at %s".formatted(pi.version(), pi.command()));
    // A service has another PATH than the person who sets it up.
    return new Done(draft.with(COMMAND, pi.command().toString()), pi);
  }

  private Pi found(Draft draft) {
    return Pi.find(draft.value(COMMAND), here.path(), tools.cache()).orElseGet(this::installed);
  }

  private Pi installed() {
    boolean isAgreed =
        asker.agree(
            new Question(
                "There is no pi here. Install it, with a Node of its own, into %s?"
                    .formatted(tools.cache()),
                "--pi FILE"),
            true);
    if (isAgreed) {
      return named(tools.install("pi", voice::aside));
    }
    return named(
        Path.of(asker.text(new Question("Where is pi, then?", "--pi FILE"), Optional.empty())));
  }

  private Pi named(Path command) {
    return Pi.at(command.toAbsolutePath(), here.path())
        .orElseThrow(() ->
            new MisconfiguredException(
                "%s is no pi that knight can drive: it needs 1.1 or a later 1.x"
                    .formatted(command)));
  }
}

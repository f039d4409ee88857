package dev.knight.setup;

import dev.knight.home.OtherProgram;
import dev.knight.setup.Answers.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How knight runs once it is set up. */
final class RunStep {
  private static final Question HOW =
      new Question("How shall it run?", "--run terminal, service, docker or later");

  /** There while systemd runs the machine. */
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  private final Asker asker;
  private final Voice voice;
  private final House house;
  private final Circumstances here;

  RunStep(Asker asker, Voice voice, House house, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.house = house;
    this.here = here;
  }

  /**
   * What is wanted, as far as it is possible.
   *
   * @param isHeld whether the sandbox of this machine holds
   */
  Run ask(Optional<Run> said, boolean isHeld) {
    if (house.isServing()) {
      return Run.LATER;
    }
    if (said.isPresent()) {
      return said.get() == Run.DOCKER || isHeld ? said.get() : Run.LATER;
    }
    if (asker.isPerson()) {
      voice.heading("Running it");
    }
    List<Choice<Run>> choices = new ArrayList<>();
    if (isHeld) {
      choices.add(new Choice<>(Run.TERMINAL, "In this terminal", "now, until Ctrl-C"));
      if (has("systemctl") && Files.isDirectory(SYSTEMD)) {
        choices.add(new Choice<>(Run.SERVICE, "As a service of yours", "systemd starts it again"));
      }
    }
    choices.add(
        new Choice<>(Run.DOCKER, "In a container", has("docker") ? "" : "docker is not here"));
    choices.add(Choice.of(Run.LATER, "Later, by knight serve"));
    // Who answers nothing wants a script to come to its end.
    int usual = asker.isPerson() ? 0 : choices.size() - 1;
    return asker.choose(HOW, choices, Optional.of(usual));
  }

  private boolean has(String program) {
    return OtherProgram.find(program, here.path()).isPresent();
  }
}

package dev.knight.setup;

import dev.knight.home.OtherProgram;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.JailProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Whether this machine can hold an agent. Nobody is asked: there is nothing to choose. */
final class SandboxStep {
  private final Asker asker;
  private final Voice voice;
  private final House house;
  private final Tools tools;
  private final Circumstances here;

  SandboxStep(Asker asker, Voice voice, House house, Tools tools, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.house = house;
    this.tools = tools;
    this.here = here;
  }

  /** Whether it holds; where it does not, the mend is told. */
  boolean holds() {
    voice.heading("The sandbox");
    fetch();
    while (true) {
      try {
        Duration took = new JailProof(here.home()).check(house.jail());
        voice.good(
            "an agent is held: a jail was made and tried in %d ms".formatted(took.toMillis()));
        return true;
      } catch (MisconfiguredException wrong) {
        voice.bad(String.valueOf(wrong.getMessage()));
        boolean isTriedAgain =
            asker.isPerson()
                && asker.agree(new Question("Try again, once that is mended?", "--yes"), true);
        if (!isTriedAgain) {
          voice.doubtful("knight starts no agent before that: knight doctor looks again");
          return false;
        }
      }
    }
  }

  /** Without bubblewrap there is none, and most machines can have it without root. */
  private void fetch() {
    Path own = here.home().programs().resolve("bwrap");
    boolean isThere = OtherProgram.find("bwrap", here.path()).isPresent() || Files.exists(own);
    if (isThere
        || !asker.agree(
            new Question(
                "There is no bubblewrap here. Fetch this system's package, for this home alone?",
                "--yes"),
            true)) {
      return;
    }
    try {
      tools.link(tools.install("bwrap", voice::aside), own);
      voice.good("bubblewrap at " + own);
    } catch (MisconfiguredException unfetched) {
      voice.bad(String.valueOf(unfetched.getMessage()));
    }
  }
}

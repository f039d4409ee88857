package dev.knight.setup;

import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.JailProof;
import java.time.Duration;

/** Whether this machine can hold an agent. Nobody is asked: there is nothing to choose. */
final class SandboxStep {
  private final Asker asker;
  private final Voice voice;
  private final House house;
  private final Circumstances here;

  SandboxStep(Asker asker, Voice voice, House house, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.house = house;
    this.here = here;
  }

  /** Whether it holds; where it does not, the mend is told. */
  boolean holds() {
    voice.heading("The sandbox");
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
}

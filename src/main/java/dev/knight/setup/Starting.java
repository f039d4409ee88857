package dev.knight.setup;

import dev.knight.hygiene.ShellWord;
import dev.knight.setup.Answers.Run;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.KnightUnit.Installed;
import java.util.List;
import java.util.Optional;

/** Starts knight as it was chosen, and says what to paste into an issue once it serves. */
final class Starting {
  private static final int DONE = 0;

  private final Voice voice;
  private final House house;
  private final Circumstances here;
  private final Run run;
  private final Draft draft;
  private final List<String> ending;

  /**
   * Nothing is started yet.
   *
   * @param draft the settings that were written
   * @param ending what is said once it serves
   */
  Starting(
      Voice voice, House house, Circumstances here, Run run, Draft draft, List<String> ending) {
    this.voice = voice;
    this.house = house;
    this.here = here;
    this.run = run;
    this.draft = draft;
    this.ending = List.copyOf(ending);
  }

  /**
   * Starts it.
   *
   * @return the exit code
   */
  int run() {
    return switch (run) {
      case TERMINAL -> {
        voice.aside("\nStarting; Ctrl-C ends it.");
        yield house.serve("\n" + String.join("\n", ending) + "\n");
      }
      case SERVICE -> service();
      case DOCKER -> container();
      case LATER -> {
        voice.say("\n" + later());
        end();
        yield DONE;
      }
    };
  }

  private String later() {
    return house.isServing()
        ? "A knight serves this home already. Start it again, so that it reads this: knight service"
            + " restart, or Ctrl-C and knight serve where you started it so."
        : "Start it with: knight serve" + (isOwn() ? "" : " --config " + ShellWord.of(here.file()));
  }

  private int service() {
    KnightUnit unit = house.unit();
    Installed done =
        unit.install(isOwn() ? Optional.empty() : Optional.of(here.file()), Optional.empty());
    voice.good("%s is written and enabled".formatted(done.file()));
    voice.aside("Starting ...");
    unit.restart();
    voice.good("knight serves; knight service status and knight service logs tell of it");
    if (done.stopsAtLogout()) {
      voice.doubtful("it ends when you log out: loginctl enable-linger has it run always");
    }
    end();
    return DONE;
  }

  private int container() {
    voice.say("");
    new Container(house, here.file()).write(draft).forEach(voice::say);
    end();
    return DONE;
  }

  /** Whether the settings are where knight looks for them by itself. */
  private boolean isOwn() {
    return here.file().equals(here.home().configuration());
  }

  private void end() {
    voice.say("");
    ending.forEach(voice::say);
  }
}

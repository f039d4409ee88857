package dev.knight.sandbox;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes one jail, and looks from inside whether it holds: the little that takes no time, at each
 * start of the service. {@code knight doctor} looks for longer.
 */
public final class JailProof {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Needs no program but the shell itself. */
  private static final String LOOK =
      """
      while read -r name value rest; do
        case $name in
          Uid: | CapEff: | CapPrm: | CapBnd: | NoNewPrivs: | Seccomp:) echo "$name $value" ;;
        esac
      done </proc/self/status
      while read -r name rest; do
        case $name in *:*) echo "network ${name%%:*}" ;; esac
      done </proc/net/dev
      [ -e "$1" ] && echo "a file outside"
      { true >/usr/knight-was-here; } 2>/dev/null && echo "a system that can be written"
      echo end
      """;

  private static final List<String> HOLDS =
      List.of(
          "Uid: " + Bubblewrap.USER,
          "CapPrm: 0000000000000000",
          "CapEff: 0000000000000000",
          "CapBnd: 0000000000000000",
          "NoNewPrivs: 1",
          "Seccomp: 2",
          "network lo",
          "end");

  private final KnightHome home;

  public JailProof(KnightHome home) {
    this.home = home;
  }

  /**
   * Passes if {@code jail} can be made and holds.
   *
   * @return how long it took
   * @throws MisconfiguredException with the reason and the mend if not
   */
  public Duration check(Bubblewrap jail) {
    try {
      Path place = Files.createTempDirectory(home.make(home.cache()), "proof");
      try {
        return check(jail, place);
      } finally {
        delete(place);
      }
    } catch (IOException unusable) {
      throw new MisconfiguredException(
          "The sandbox cannot be tried: check that %s is yours and that its disk has room"
              .formatted(home.cache()),
          unusable);
    }
  }

  private static Duration check(Bubblewrap jail, Path place) throws IOException {
    Path secret = Files.createFile(place.resolve("secret"));
    List<String> program = List.of("/bin/sh", "-c", LOOK, "look", secret.toString());
    Cell cell = new Cell(program, Path.of("/"), Map.of(), List.of(), place);
    Trial.Result result = Trial.run(jail.command(cell), Map.of(), place, PATIENCE);
    if (result.code() == -1) {
      throw new MisconfiguredException(
          "The sandbox does not start within %d s: see what keeps this machine busy"
              .formatted(PATIENCE.toSeconds()));
    }
    if (result.code() != 0) {
      throw new Diagnosis(Path.of("/")).of(result.err()).told();
    }
    List<String> found = result.out().lines().toList();
    if (!found.equals(HOLDS)) {
      throw doesNotHold(found);
    }
    return result.took();
  }

  private static MisconfiguredException doesNotHold(List<String> found) {
    List<String> odd = new ArrayList<>(found);
    odd.removeAll(HOLDS);
    List<String> lacking = new ArrayList<>(HOLDS);
    lacking.removeAll(found);
    return new MisconfiguredException(
        "The sandbox starts but does not hold (found %s, not %s): do not run agents here, and report it"
            .formatted(odd, lacking));
  }

  private static void delete(Path place) {
    try (Stream<Path> all = Files.list(place)) {
      for (Path each : all.toList()) {
        Files.delete(each);
      }
      Files.delete(place);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

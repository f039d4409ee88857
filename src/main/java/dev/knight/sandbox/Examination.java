package dev.knight.sandbox;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.overlay.Layers;
import dev.knight.overlay.LayersException;
import dev.knight.overlay.Overlays;
import dev.knight.overlay.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks whether the jail of this machine holds: from inside one that is made as an agent's is, with
 * real attempts to get out, at things that were put outside for that.
 */
public final class Examination {
  /** What is told of how the files of a job come to be here. */
  public static final String WORKTREES = "worktrees over a template";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KnightHome home;

  public Examination(KnightHome home) {
    this.home = home;
  }

  /**
   * What was found, in the order in which it was looked for; ends early where nothing can be tried.
   *
   * @param jail gives the jail, or throws what the operator has to mend
   */
  public List<Finding> findings(Supplier<Bubblewrap> jail) {
    List<Finding> findings = new ArrayList<>();
    try {
      Bubblewrap found = jail.get();
      findings.add(new Finding("bubblewrap", true, found.executable().toString()));
      Duration took = new JailProof(home).check(found);
      findings.add(new Finding("a jail starts and holds", true, took.toMillis() + " ms"));
      findings.addAll(probed(found));
    } catch (MisconfiguredException wrong) {
      String name = findings.isEmpty() ? "bubblewrap" : "a jail starts and holds";
      findings.add(new Finding(name, false, String.valueOf(wrong.getMessage())));
    }
    return List.copyOf(findings);
  }

  /** In a worktree over a template, if this machine can have one: that jail has more around it. */
  private List<Finding> probed(Bubblewrap jail) {
    try {
      Path place = Files.createTempDirectory(home.make(home.cache()), "doctor");
      try (Bait bait = new Bait(place, jail.machine(), List.of())) {
        Layers layers =
            new Layers(
                Files.createDirectory(place.resolve("template")),
                bait.worktree(),
                Files.createDirectory(place.resolve("work")));
        try (Sight _ = new Overlays(home, true).sight(layers)) {
          return probed(jail, place, bait, new Finding(WORKTREES, true, "can lie over templates"));
        } catch (LayersException cannot) {
          String said = "each has all of its files: " + cannot.getMessage();
          return probed(jail, place, bait, new Finding(WORKTREES, false, said));
        }
      } finally {
        delete(place);
      }
    } catch (IOException unusable) {
      throw new MisconfiguredException(
          "The jail cannot be probed: check that %s is yours and that its disk has room"
              .formatted(home.cache()),
          unusable);
    }
  }

  private static List<Finding> probed(Bubblewrap jail, Path place, Bait bait, Finding worktrees)
      throws IOException {
    Path files = Files.createDirectory(place.resolve("cell"));
    Trial.Result result =
        Trial.run(
            jail.command(cell(files, bait)),
            // As a service that is careless with its own.
            Map.of("KNIGHT_BAIT", bait.canary()),
            files,
            PATIENCE);
    List<Probes.Answer> answers = Probes.answers(result.out());
    List<String> names = Probes.names();
    if (!answers.stream().map(Probes.Answer::name).toList().equals(names)) {
      return List.of(notAll(result));
    }
    return Stream.concat(Stream.of(worktrees), answers.stream().map(Examination::finding)).toList();
  }

  private static Finding finding(Probes.Answer answer) {
    return new Finding(
        answer.name(),
        !answer.isThrough(),
        answer.isThrough()
            ? "gets through (%s): let no agent work here, and report it as SECURITY.md says"
                .formatted(answer.said())
            : answer.said());
  }

  /** The jail of an agent, with the probes in the agent's place. */
  static Cell cell(Path files, Bait bait) throws IOException {
    List<String> program = Probes.command(bait.readOnly(), bait);
    return new Cell(
        program,
        bait.worktree(),
        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", "/tmp", "LANG", "C.UTF-8"),
        List.of(Mount.readOnly(bait.readOnly()), Mount.writable(bait.worktree())),
        files);
  }

  private static Finding notAll(Trial.Result result) {
    boolean isWithoutPerl = result.err().contains("perl: No such file");
    return new Finding(
        "attempts to get out",
        false,
        isWithoutPerl
            ? "not made, because they need perl: install it, as with \"sudo dnf install perl-interpreter\""
            : "did not come to their end: "
                + new Diagnosis(Path.of("/")).of(result.err()).reason());
  }

  /** The kernel shuts what it keeps for itself. */
  private static void delete(Path place) throws IOException {
    Path kernels = place.resolve("work").resolve("work");
    if (Files.isDirectory(kernels)) {
      Files.setPosixFilePermissions(kernels, PosixFilePermissions.fromString("rwx------"));
    }
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

package dev.knight.sandbox;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what a jail is made with on this machine. */
public final class Jails {
  private static final Path ROOT = Path.of("/");

  private Jails() {}

  /**
   * The jail of this machine, not yet tried: {@link JailProof} does that.
   *
   * @param path where {@code bwrap} is looked for: directories parted by colons
   * @param shown what every agent may read besides the system
   * @param home knight's own, which no agent may see whole
   * @throws MisconfiguredException when there is no {@code bwrap}, or what is shown may not be
   */
  public static Bubblewrap find(String path, List<Path> shown, KnightHome home) {
    Diagnosis diagnosis = new Diagnosis(ROOT);
    String machine = System.getProperty("os.arch", "");
    Path user = Path.of(System.getProperty("user.home"));
    return new Bubblewrap(
        executable(path, diagnosis),
        Machine.of(machine).orElseThrow(() -> diagnosis.unknownMachine(machine).told()),
        new SystemView(ROOT),
        ShownPaths.checked(shown, List.of(home.root(), user)),
        home);
  }

  private static Path executable(String path, Diagnosis diagnosis) {
    return Pattern.compile(":")
        .splitAsStream(path)
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, "bwrap"))
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst()
        .orElseThrow(() -> diagnosis.missing().told());
  }
}

package dev.knight.agent;

import dev.knight.home.KnightHome;
import dev.knight.home.WholeFile;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pi is good enough. Each is asked once, and its answer is kept in the home: a Node in a jail
 * needs a third of a second for its first word, so the next service does not ask for it again, as
 * long as it would do so in the same way and nobody has installed another. Whether what was said is
 * good enough is looked at each time.
 */
final class TriedPi {
  private static final int LONGEST = 256 * 1024;

  private final KnightHome home;
  private final AgentSettings settings;
  private final PiLaunch launch;
  private final Sandbox sandbox;
  private final Set<Path> good = new HashSet<>();

  TriedPi(KnightHome home, AgentSettings settings, PiLaunch launch, Sandbox sandbox) {
    this.home = home;
    this.settings = settings;
    this.launch = launch;
    this.sandbox = sandbox;
  }

  /**
   * Makes sure that {@code pi} is good enough.
   *
   * @throws MisconfiguredException when it does not run, or is another one
   * @throws IOException when what it needs to be asked, or its answer, cannot be written
   */
  synchronized void check(Path pi) throws IOException {
    if (good.contains(pi)) {
      return;
    }
    Cell cell = launch.check(pi);
    Optional<String> way = way(pi, cell);
    if (way.isEmpty() || !launch.isCompiled() || !wasGood(pi, way.get())) {
      String answer = PiExecutable.said(pi, cell, sandbox);
      PiExecutable.judge(pi, answer, sandbox);
      if (way.isPresent()) {
        keep(way.get(), answer);
      }
    }
    good.add(pi);
  }

  /** From now on {@code pi} has to be asked again: it did not start, whatever it has said. */
  synchronized void forget(Path pi) throws IOException {
    good.remove(pi);
    Files.deleteIfExists(kept());
  }

  /**
   * How {@code pi} is asked, and which files do it: the same as long as both are. Empty where that
   * cannot be seen from here: without a jail it may be made of anything, and what npm has not put
   * there may lead to another one.
   */
  private Optional<String> way(Path pi, Cell cell) throws IOException {
    Optional<Path> manifest = PiExecutable.manifest(pi);
    if (sandbox.isNone() || manifest.isEmpty()) {
      return Optional.empty();
    }
    List<Path> parts = new ArrayList<>(List.of(pi, manifest.get()));
    PiExecutable.nodes(pi, settings).forEach(parts::add);
    StringBuilder way = new StringBuilder(sandbox.command(cell).toString()).append('\n');
    for (Path part : parts) {
      Path real = part.toRealPath();
      // All that npm installs was last modified in 1985.
      var state = new TreeMap<>(Files.readAttributes(real, "unix:dev,ino,size,ctime"));
      way.append(real).append(' ').append(state).append('\n');
    }
    way.append(Files.readString(manifest.get())).append('\n');
    return Optional.of(way.toString());
  }

  private boolean wasGood(Path pi, String way) {
    String last = read();
    if (!last.startsWith(way)) {
      return false;
    }
    try {
      PiExecutable.judge(pi, last.substring(way.length()), sandbox);
      return true;
    } catch (MisconfiguredException _) {
      return false; // another knight may have found it good; let it say itself that it is not
    }
  }

  private String read() {
    try (var in = Files.newInputStream(kept())) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return ""; // most often there is none; pi is asked, and its answer takes that place
    }
  }

  private void keep(String way, String answer) throws IOException {
    byte[] text = (way + answer).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(kept(), to -> to.write(text));
  }

  private Path kept() {
    return home.cache().resolve("check").resolve("said");
  }
}

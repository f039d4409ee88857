package dev.knight.fake;

import dev.knight.home.KnightHome;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine whose {@code systemctl}, {@code journalctl} and {@code loginctl} are small scripts that
 * write down how they were called and say what a test wants. It shows what knight tells systemd,
 * and not what a real one makes of it.
 */
public final class FakeSystemd {
  private final Path root;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** A machine below {@code root} that systemd runs, with an account {@code knight}. */
  public FakeSystemd(Path root) {
    this.root = root;
    environment.put("HOME", root.resolve("home/ada").toString());
    environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    try {
      Files.createDirectories(root.resolve("run/systemd/system"));
      Files.createDirectories(root.resolve("bin"));
      Files.createDirectories(root.resolve("etc/systemd/system"));
      Files.createDirectories(root.resolve("home/ada"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    answers("systemctl", 0, "");
    isInactive();
    answers("journalctl", 0, "");
    answers("loginctl", 0, "Linger=no");
    answers("getent", 0, "knight:x:990:990::" + root.resolve("home/knight") + ":/bin/bash");
  }

  /** The unit of {@code manager} on this machine. */
  public KnightUnit unit(Manager manager, KnightHome home) {
    return new KnightUnit(manager, home, List.of("/opt/my knight/knight"), environment, root);
  }

  /** The machine's own files. */
  public Path root() {
    return root;
  }

  /** From now on {@code variable} is set for who calls. */
  public void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** From now on {@code program} ends with {@code code} and says {@code words}. */
  public void answers(String program, int code, String words) {
    script(program, "cat <<'WORDS'\n%s\nWORDS\nexit %d\n".formatted(words, code));
  }

  /** The unit does not run, and starts when it is told to. */
  public void isInactive() {
    shows("ActiveState=inactive\nSubState=dead\nUnitFileState=enabled\nMainPID=0", 0);
  }

  /** The unit runs. */
  public void isActive() {
    shows(
        "ActiveState=active\nSubState=running\nUnitFileState=enabled\nMainPID=4711\nNRestarts=0\n"
            + "StateChangeTimestamp=Sun 2026-11-22 10:00:00 UTC",
        0);
  }

  /**
   * The unit ends with {@code code} when it is started, and {@code complaint} is in the journal.
   */
  public void failsWith(int code, String complaint) {
    shows("ActiveState=failed\nSubState=failed\nMainPID=0\nExecMainStatus=" + code, 1);
    answers("journalctl", 0, complaint);
  }

  /** Every call so far, as it was typed, but for those that only ask. */
  public List<String> calls() {
    return all().stream().filter(call -> !call.contains(" show ")).toList();
  }

  private void shows(String properties, int startCode) {
    script(
        "systemctl",
        """
        case " $* " in
          *" show "*) cat <<'WORDS'
        %s
        WORDS
          ;;
          *" restart "*) exit %d ;;
        esac
        """
            .formatted(properties, startCode));
  }

  private List<String> all() {
    try {
      Path calls = root.resolve("calls");
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void script(String program, String body) {
    Path file = root.resolve("bin").resolve(program);
    try {
      Files.deleteIfExists(file);
      Files.writeString(
          file,
          "#!/bin/sh\necho \"%s $*\" >>'%s'\n%s".formatted(program, root.resolve("calls"), body));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

package dev.knight.systemd;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What systemd says of the unit.
 *
 * @param active the unit's state in systemd's word, as {@code failed}
 * @param sub the same more exactly, as {@code running} or {@code auto-restart}
 * @param enabled whether it starts with the machine, in systemd's word
 * @param pid its process, if it runs
 * @param exitCode how it ended last
 * @param restarts how often systemd has started it again by itself
 * @param since since when it is as it is, in systemd's words
 */
public record UnitState(
    String active,
    String sub,
    String enabled,
    Optional<Long> pid,
    int exitCode,
    int restarts,
    String since) {
  /** The properties that {@link #of} reads. */
  static final String PROPERTIES =
      "ActiveState,SubState,UnitFileState,MainPID,ExecMainStatus,NRestarts,StateChangeTimestamp";

  /** What {@code systemctl show} says. */
  static UnitState of(String said) {
    Map<String, String> properties =
        said.lines()
            .filter(line -> line.contains("="))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1),
                    (first, _) -> first));
    long pid = number(properties.get("MainPID"));
    return new UnitState(
        properties.getOrDefault("ActiveState", "unknown"),
        properties.getOrDefault("SubState", ""),
        properties.getOrDefault("UnitFileState", ""),
        pid == 0 ? Optional.empty() : Optional.of(pid),
        (int) number(properties.get("ExecMainStatus")),
        (int) number(properties.get("NRestarts")),
        properties.getOrDefault("StateChangeTimestamp", ""));
  }

  /** Whether it serves. */
  public boolean isActive() {
    return active.equals("active");
  }

  private static long number(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}

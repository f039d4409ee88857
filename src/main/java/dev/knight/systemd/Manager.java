package dev.knight.systemd;

import java.util.List;

/** Which systemd runs the service: the user's own, or the machine's. */
public enum Manager {
  USER("knight.service"),
  SYSTEM("knight-system.service");

  private final String template;

  Manager(String template) {
    this.template = template;
  }

  /** The name of the template of its unit, as in {@code config/}. */
  String template() {
    return template;
  }

  /** What systemctl and journalctl have to be told to speak of it. */
  List<String> words() {
    return switch (this) {
      case USER -> List.of("--user");
      case SYSTEM -> List.of();
    };
  }

  /** {@code systemctl} as a person types it. */
  public String systemctl() {
    return switch (this) {
      case USER -> "systemctl --user";
      case SYSTEM -> "sudo systemctl";
    };
  }
}

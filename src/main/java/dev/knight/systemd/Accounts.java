package dev.knight.systemd;

import dev.knight.home.OtherProgram.Ended;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The accounts of this machine, wherever it keeps them. */
final class Accounts {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Command command;

  Accounts(Command command) {
    this.command = command;
  }

  /**
   * The account called {@code name}.
   *
   * @throws MisconfiguredException if there is none
   */
  Account named(String name) {
    String[] fields = line(name).split(":", -1);
    if (fields.length < 7 || !fields[0].equals(name)) {
      throw new MisconfiguredException(
          "There is no account %s here: sudo useradd --create-home %s".formatted(name, name));
    }
    return new Account(name, Path.of(fields[5]));
  }

  private String line(String name) {
    try {
      Ended result = command.run(LIMIT, List.of("getent", "passwd", name));
      return result.isGood() ? result.said() : "";
    } catch (IOException none) {
      throw new MisconfiguredException("getent cannot be run here", none);
    }
  }
}

package dev.knight.setup;

import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks other programs. One that cannot be asked is as one that is not there. */
final class Execution {
  private Execution() {}

  /**
   * Runs {@code command} with {@code environment} and nothing else; empty if it cannot be started
   * or does not end in time.
   *
   * @param errors is told each line of its errors as it comes
   */
  static Optional<Ended> of(
      List<String> command,
      Map<String, String> environment,
      Duration patience,
      Consumer<String> errors) {
    try {
      return new OtherProgram(command, environment).run(patience, errors);
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

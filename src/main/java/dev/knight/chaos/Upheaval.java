package dev.knight.chaos;

import dev.knight.cli.Chaos;
import dev.knight.cli.ChaosReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Plays a {@link Chaos} in a directory of its own, and leaves no process behind. */
public final class Upheaval implements Chaos {
  /** Each round ends what the last one's victims started meanwhile. */
  private static final int ROUNDS = 20;

  private final List<String> self;
  private final Map<String, String> environment;

  /**
   * Nothing is started yet.
   *
   * @param self the words that run knight itself
   * @param environment of this process: where programs are found, and which pi
   */
  public Upheaval(List<String> self, Map<String, String> environment) {
    this.self = List.copyOf(self);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public ChaosReport play(Order order, PrintWriter progress) {
    try {
      Path directory = Files.createTempDirectory("knight-chaos");
      Campaign campaign = new Campaign(order, self, environment, directory, progress);
      Thread interrupted = new Thread(() -> end(campaign));
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        ChaosReport report = campaign.run();
        Runtime.getRuntime().removeShutdownHook(interrupted);
        return report;
      } finally {
        end(campaign);
        if (order.keep()) {
          progress.println("Everything of it is in " + directory);
        } else {
          delete(directory);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in the middle of the chaos", ended);
    }
  }

  private static void end(Campaign campaign) {
    campaign.end();
    Population population = campaign.population();
    try {
      for (int round = 0; round < ROUNDS && !population.all().isEmpty(); round++) {
        population.all().forEach(ProcessHandle::destroyForcibly);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

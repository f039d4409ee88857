package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.knight.home.KnightHome;
import dev.knight.job.RepositoryName;
import dev.knight.publish.Check.OnBase;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How a repository's checks ended on code that no job had changed yet, on disk: the same for every
 * job that begins there. What is lost of it is only run again.
 */
@Singleton
final class BaselineRecord {
  private static final Logger LOG = Logger.getLogger(BaselineRecord.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Bases move on, and nobody comes back to an old one. */
  private static final int MOST = 200;

  private static final int LONGEST = 8 * 1024 * 1024;

  private final KnightHome home;

  BaselineRecord(KnightHome home) {
    this.home = home;
  }

  /**
   * One run of a check.
   *
   * @param tree what it ran on
   * @param setup the command that had run before it; empty for none
   * @param command the check
   */
  record Run(String tree, String setup, String command) {}

  private record Kept(Run run, OnBase result) {}

  /** How {@code run} ended, if it did before. */
  Optional<OnBase> of(RepositoryName repository, Run run) {
    return read(repository).stream()
        .filter(kept -> kept.run().equals(run))
        .map(Kept::result)
        .reduce((_, newer) -> newer);
  }

  /** {@code run} ended so. Two jobs that write at once may lose one of two results. */
  synchronized void keep(RepositoryName repository, Run run, OnBase result) throws IOException {
    List<Kept> all = new ArrayList<>(read(repository));
    all.add(new Kept(run, result));
    ArrayNode list = JSON.createArrayNode();
    all.subList(Math.max(0, all.size() - MOST), all.size())
        .forEach(kept ->
            list.addObject()
                .put("tree", kept.run().tree())
                .put("setup", kept.run().setup())
                .put("command", kept.run().command())
                .put("passed", kept.result().passed())
                .put("result", kept.result().result())
                .put("nanos", kept.result().took().toNanos()));
    Path file = home.baseline(repository);
    Path making = file.resolveSibling("." + file.getFileName() + ".making");
    home.make(home.baselines(repository));
    Files.write(making, JSON.writeValueAsBytes(list));
    Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Kept> read(RepositoryName repository) {
    List<Kept> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(home.baseline(repository))) {
      JSON.readTree(in.readNBytes(LONGEST)).forEach(node -> all.add(kept(node)));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException unreadable) {
      LOG.warnf("Checks of %s run on its base again: %s", repository, unreadable.getMessage());
      return List.of();
    }
    return all;
  }

  private static Kept kept(JsonNode node) {
    return new Kept(
        new Run(
            node.path("tree").asText(), node.path("setup").asText(), node.path("command").asText()),
        new OnBase(
            node.path("passed").asBoolean(),
            node.path("result").asText(),
            Duration.ofNanos(node.path("nanos").asLong())));
  }
}

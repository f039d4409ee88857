package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.UnavailableException;
import dev.knight.publish.Check;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * How a job's checks went, on disk. Only those of the tree that was checked last: what a check
 * leaves in ignored files for the next one, as a build for its test, is of that tree too.
 */
@Singleton
public final class CheckRecord {
  private static final Logger LOG = Logger.getLogger(CheckRecord.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A hundred checks that print all they may. */
  private static final int LONGEST = 8 * 1024 * 1024;

  private final KnightHome home;

  /** The checks that lie in {@code home}. */
  public CheckRecord(KnightHome home) {
    this.home = home;
  }

  /** What is known of {@code tree}, by the command; the order in which they ran. */
  Map<String, Check> of(JobId job, String tree) {
    Map<String, Check> checks = new LinkedHashMap<>();
    JsonNode root = read(job);
    if (root.path("tree").asText().equals(tree)) {
      root.path("checks").forEach(node -> checks.put(node.path("command").asText(), check(node)));
    }
    return checks;
  }

  /** How the checks of {@code job} went that ran last, in their order. */
  public List<Check> last(JobId job) {
    List<Check> checks = new ArrayList<>();
    read(job).path("checks").forEach(node -> checks.add(check(node)));
    return checks;
  }

  private JsonNode read(JobId job) {
    try (InputStream in = Files.newInputStream(home.checks(job))) {
      return JSON.readTree(in.readNBytes(LONGEST));
    } catch (NoSuchFileException _) {
      return JSON.missingNode();
    } catch (IOException unreadable) {
      LOG.warnf("job=%s Its checks count as not run: %s", job, unreadable.getMessage());
      return JSON.missingNode();
    }
  }

  /** Keeps {@code checks}, all that is known of {@code tree}; whole or not at all. */
  void keep(JobId job, String tree, Collection<Check> checks) {
    Path file = home.checks(job);
    Path making = file.resolveSibling("." + job + ".making");
    ObjectNode root = JSON.createObjectNode().put("tree", tree);
    ArrayNode list = root.putArray("checks");
    checks.forEach(check -> describe(check, list.addObject()));
    try {
      home.make(home.checks());
      Files.write(making, JSON.writeValueAsBytes(root));
      Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      throw new UnavailableException("knight's home cannot be written.", full);
    }
  }

  private static void describe(Check check, ObjectNode node) {
    node.put("command", check.command())
        .put("passed", check.passed())
        .put("result", check.result())
        .put("nanos", check.took().toNanos())
        .put("output", check.output());
  }

  private static Check check(JsonNode node) {
    return new Check(
        node.path("command").asText(),
        node.path("passed").asBoolean(),
        node.path("result").asText(),
        Duration.ofNanos(node.path("nanos").asLong()),
        node.path("output").asText());
  }
}
